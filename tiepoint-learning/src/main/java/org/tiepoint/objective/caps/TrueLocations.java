package org.tiepoint.objective.caps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.tiepoint.dataset.PosedImage;
import org.tiepoint.dataset.synthetic.DepthCorrespondence;
import org.tiepoint.dataset.synthetic.DepthMap;
import org.tiepoint.dataset.synthetic.SyntheticCollectionWriter;
import org.tiepoint.geometry.Matrices;
import org.tiepoint.objective.posed.CroppedView;
import org.tiepoint.objective.posed.PosedViews;

/** Where the second picture of a rendered pair truly shows the query points, from the depth maps beside the pictures. */
final class TrueLocations {
    private TrueLocations() {}

    /**
     * True locations.
     *
     * @param queries n x 2, row-major: pixels of the first view
     * @return n x 2, NaN where the second picture does not show the point; empty where the photos have no depth maps
     */
    static double[] of(PosedViews views, float[] queries) throws IOException {
        Optional<Path> firstDepth = depthFile(views.first());
        Optional<Path> secondDepth = depthFile(views.second());
        if (firstDepth.isEmpty() || secondDepth.isEmpty()) {
            return new double[0];
        }
        DepthCorrespondence correspondence = new DepthCorrespondence(views.firstPhoto().camera(),
                views.first().pose(), DepthMap.read(firstDepth.get()), views.secondPhoto().camera(),
                views.second().pose(), DepthMap.read(secondDepth.get()));
        CroppedView secondView = views.secondView();
        double[] toPhoto = Matrices.inverse(views.firstView().fromPhoto());
        double[] truth = new double[queries.length];
        Arrays.fill(truth, Double.NaN);
        for (int i = 0; i < queries.length; i += 2) {
            double[] photo = Matrices.apply(toPhoto, new double[] {queries[i], queries[i + 1], 1});
            Optional<double[]> seen = correspondence.at(photo[0], photo[1]);
            if (seen.isPresent()) {
                double[] cut = Matrices.apply(secondView.fromPhoto(), new double[] {seen.get()[0], seen.get()[1], 1});
                boolean inside = cut[0] >= 0 && cut[1] >= 0 && cut[0] <= secondView.image().width() - 1
                        && cut[1] <= secondView.image().height() - 1;
                truth[i] = inside ? cut[0] : Double.NaN;
                truth[i + 1] = inside ? cut[1] : Double.NaN;
            }
        }
        return truth;
    }

    private static Optional<Path> depthFile(PosedImage image) {
        Path images = image.file().toAbsolutePath().getParent();
        if (images == null || images.getParent() == null) {
            return Optional.empty();
        }
        Path file = SyntheticCollectionWriter.depthFile(images.getParent(), image.file().getFileName().toString());
        return Files.exists(file) ? Optional.of(file) : Optional.empty();
    }
}
