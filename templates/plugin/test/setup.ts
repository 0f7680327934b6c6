import { configure } from '@testing-library/dom';

// A busy machine may need longer than the second that `find...` waits by default.
configure({ asyncUtilTimeout: 20_000 });
