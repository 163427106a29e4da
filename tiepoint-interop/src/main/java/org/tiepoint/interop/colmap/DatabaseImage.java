package org.tiepoint.interop.colmap;

/**
 * An image as the database lists it.
 *
 * @param id       its number, 1 or more
 * @param name     relative to the folder of images, with forward slashes
 * @param cameraId the number of the camera that took it
 */
public record DatabaseImage(int id, String name, int cameraId) {}
