package org.tiepoint.objective.posed;

import static org.bytedeco.opencv.global.opencv_core.CV_64F;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.tiepoint.dataset.LoadedView;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Matrices;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageResizer;
import org.tiepoint.image.Mats;

/**
 * A photo scaled so that it covers the wanted size, cut to it and warped, with the intrinsics that belong to it. Keeps
 * the photo's proportions, where CAPS resizes without.
 *
 * @param image     of the wanted size
 * @param intrinsic matrix of the image, row-major 3x3; with a warp it need not be upper triangular
 * @param fromPhoto pixels of the undistorted photo to pixels of the image, affine, row-major 3x3
 */
public record CroppedView(Image image, double[] intrinsic, double[] fromPhoto) {
    /**
     * Cuts a view.
     *
     * @param shareX where the cut lies among the places it can lie, 0 left to 1 right
     * @param shareY 0 top to 1 bottom
     * @param warp   pixels of the cut to pixels of the result, affine, row-major 3x3
     */
    public static CroppedView of(LoadedView view, int width, int height, double shareX, double shareY, double[] warp) {
        Image photo = view.image();
        double scale = Math.max((double) width / photo.width(), (double) height / photo.height());
        int scaledWidth = Math.max(width, (int) Math.round(photo.width() * scale));
        int scaledHeight = Math.max(height, (int) Math.round(photo.height() * scale));
        Camera camera = view.camera().resizedTo(scaledWidth, scaledHeight);
        long left = Math.round((scaledWidth - width) * shareX);
        long top = Math.round((scaledHeight - height) * shareY);
        double[] toResult = Matrices.multiply(warp, new double[] {1, 0, -left, 0, 1, -top, 0, 0, 1});
        Image scaled = ImageResizer.resize(photo, scaledWidth, scaledHeight);
        double scaleX = (double) scaledWidth / photo.width();
        double scaleY = (double) scaledHeight / photo.height();
        double[] toScaled = {scaleX, 0, (scaleX - 1) / 2, 0, scaleY, (scaleY - 1) / 2, 0, 0, 1};
        return new CroppedView(warp(scaled, toResult, width, height), Matrices.multiply(toResult, camera.matrix()),
                Matrices.multiply(toResult, toScaled));
    }

    private static Image warp(Image image, double[] affine, int width, int height) {
        try (PointerScope scope = new PointerScope()) {
            Mat result = new Mat();
            Mat matrix = new Mat(2, 3, CV_64F);
            new DoublePointer(matrix.data()).put(affine, 0, 6);
            opencv_imgproc.warpAffine(Mats.rgb(image), result, matrix, new Size(width, height));
            return Mats.image(result);
        }
    }
}
