package org.tiepoint.dataset;

import java.nio.file.Path;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;

/**
 * A photo whose camera and pose are known.
 *
 * @param name   unique within its collection, with forward slashes
 * @param file   where the photo lies
 * @param camera intrinsics of the photo as it lies in the file, lens distortion included
 * @param pose   world to camera
 */
public record PosedImage(String name, Path file, Camera camera, Pose pose) {}
