package org.tiepoint.geometry;

import java.util.Arrays;

/**
 * Intrinsics: image size, lens model and its parameters, in pixels. Pixel (0, 0) is the centre of the top-left pixel
 * (COLMAP's files put it at that pixel's outer corner: their readers and writers convert).
 *
 * @param model      lens model
 * @param width      image width in pixels
 * @param height     image height in pixels
 * @param parameters in the order of {@link CameraModel#parameterNames()}; shared, not copied
 */
public record Camera(CameraModel model, int width, int height, double[] parameters) {
    public Camera {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("image size " + width + "x" + height + ": both sides must be positive");
        }
        int expected = model.parameterNames().size();
        if (parameters.length != expected) {
            throw new IllegalArgumentException(model + " takes " + expected + " parameters "
                    + model.parameterNames() + ", got " + parameters.length);
        }
        for (int i = 0; i < expected; i++) {
            String name = model.parameterNames().get(i);
            if (!Double.isFinite(parameters[i])) {
                throw new IllegalArgumentException("camera parameter " + name + " is " + parameters[i]
                        + ": it must be a finite number");
            }
            if (name.startsWith("f") && parameters[i] <= 0) {
                throw new IllegalArgumentException("focal length " + name + " is " + parameters[i]
                        + ": it must be above 0 pixels");
            }
        }
    }

    /** A camera without lens distortion. */
    public static Camera pinhole(int width, int height, double fx, double fy, double cx, double cy) {
        return new Camera(CameraModel.PINHOLE, width, height, new double[] {fx, fy, cx, cy});
    }

    public double fx() {
        return parameters[0];
    }

    public double fy() {
        return model.sharedFocalLength() ? parameters[0] : parameters[1];
    }

    public double cx() {
        return parameters[model.sharedFocalLength() ? 1 : 2];
    }

    public double cy() {
        return parameters[model.sharedFocalLength() ? 2 : 3];
    }

    /** The lens distortion parameters in the model's order; empty for a pinhole. */
    public double[] distortion() {
        return Arrays.copyOfRange(parameters, model.distortionOffset(), parameters.length);
    }

    /** Whether straight lines stay straight: no fisheye, and every distortion parameter is 0. */
    public boolean isPinhole() {
        return model != CameraModel.OPENCV_FISHEYE && Arrays.stream(distortion()).allMatch(value -> value == 0);
    }

    /** The calibration matrix K, row-major 3x3. */
    public double[] matrix() {
        return new double[] {fx(), 0, cx(), 0, fy(), cy(), 0, 0, 1};
    }

    /**
     * The same camera for its image resized to another size. Pixel centres are kept: x' = (x + 0.5) s - 0.5. Where the
     * sides change by different factors, a model with one focal length becomes one with two.
     */
    public Camera resizedTo(int newWidth, int newHeight) {
        double sx = (double) newWidth / width;
        double sy = (double) newHeight / height;
        double cx = (cx() + 0.5) * sx - 0.5;
        double cy = (cy() + 0.5) * sy - 0.5;
        if (isPinhole()) {
            return pinhole(newWidth, newHeight, fx() * sx, fy() * sy, cx, cy);
        }
        if (model.sharedFocalLength() && sx != sy) {
            return withTwoFocalLengths().resizedTo(newWidth, newHeight);
        }
        double[] scaled = parameters.clone();
        if (model.sharedFocalLength()) {
            scaled[0] = fx() * sx;
            scaled[1] = cx;
            scaled[2] = cy;
        } else {
            scaled[0] = fx() * sx;
            scaled[1] = fy() * sy;
            scaled[2] = cx;
            scaled[3] = cy;
        }
        return new Camera(model, newWidth, newHeight, scaled);
    }

    /** SIMPLE_RADIAL and RADIAL as the OPENCV model that computes the same. */
    private Camera withTwoFocalLengths() {
        double k1 = parameters[3];
        double k2 = model == CameraModel.RADIAL ? parameters[4] : 0;
        return new Camera(CameraModel.OPENCV, width, height, new double[] {fx(), fy(), cx(), cy(), k1, k2, 0, 0});
    }
}
