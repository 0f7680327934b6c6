import '../../docs/standInHost.example.ts';
