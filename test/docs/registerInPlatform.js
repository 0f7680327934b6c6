import myw from 'myWorld-client';
import { PlaceClosuresPlugin } from 'my-plugin';

myw.applicationDefinition.plugins.placeClosures = PlaceClosuresPlugin;
