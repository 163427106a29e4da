/** COLMAP's databases and models: cameras, key points and verified matches written for its mapper, models both ways. */
package org.tiepoint.interop.colmap;
