package org.tiepoint.evaluation.reconstruction;

import java.util.List;
import org.tiepoint.dataset.ColmapModel;

/**
 * What came of one kind of features.
 *
 * @param name         of the features
 * @param failure      why there is no model; empty where there is one
 * @param images       photos given
 * @param keypoints    mean an image
 * @param verified     pairs with a verified geometry
 * @param inliers      verified matches of all pairs
 * @param registered   images in the largest model
 * @param points       of the largest model
 * @param trackLength  mean number of images that show a point
 * @param error        mean reprojection error in pixels, the mean over points of COLMAP's
 * @param models       COLMAP made so many that do not connect
 * @param extracting   minutes
 * @param matching     minutes, verification included
 * @param mapping      minutes
 */
public record ReconstructionResult(String name, String failure, int images, double keypoints, int verified,
        long inliers, int registered, int points, double trackLength, double error, int models,
        CpuMinutes extracting, CpuMinutes matching, CpuMinutes mapping) {

    /** Whether COLMAP made a model. */
    public boolean succeeded() {
        return failure.isEmpty();
    }

    /** A run that came to nothing after it took this long. */
    static ReconstructionResult failed(String name, String failure, int images, CpuMinutes extracting,
            CpuMinutes matching, CpuMinutes mapping) {
        return new ReconstructionResult(name, failure, images, 0, 0, 0, 0, 0, 0, 0, 0, extracting, matching, mapping);
    }

    /** The model's numbers, as COLMAP's model_analyzer counts them. */
    record ModelNumbers(int registered, int points, double trackLength, double error) {
        static ModelNumbers of(ColmapModel model) {
            List<ColmapModel.Point> points = model.points().orElse(List.of());
            double length = points.stream().mapToInt(ColmapModel.Point::trackLength).average().orElse(0);
            double error = points.stream().mapToDouble(ColmapModel.Point::error).average().orElse(0);
            return new ModelNumbers(model.images().size(), points.size(), length, error);
        }
    }
}
