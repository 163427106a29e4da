package org.tiepoint.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;

/** Collections without photos, for everything that follows from cameras and points alone. */
final class TestScenes {
    static final Camera CAMERA = Camera.pinhole(640, 480, 500, 500, 319.5, 239.5);

    private TestScenes() {}

    /** Cameras on a circle of a radius round the origin, so many degrees apart, all looking at the origin. */
    static PosedCollection ring(int cameras, double stepDegrees, double radius) {
        List<PosedImage> images = new ArrayList<>();
        for (int i = 0; i < cameras; i++) {
            double a = Math.toRadians(i * stepDegrees);
            double[] rotation = {Math.cos(a), 0, -Math.sin(a), 0, 1, 0, Math.sin(a), 0, Math.cos(a)};
            images.add(image(i, new Pose(rotation, new double[] {0, 0, radius})));
        }
        return collection(images, Optional.empty());
    }

    /** Cameras that look along z and stand a step apart along it. */
    static PosedCollection drive(int cameras, double step) {
        List<PosedImage> images = new ArrayList<>();
        for (int i = 0; i < cameras; i++) {
            images.add(image(i, new Pose(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[] {0, 0, -i * step})));
        }
        return collection(images, Optional.empty());
    }

    static PosedImage image(int i, Pose pose) {
        return new PosedImage(i + ".png", Path.of(i + ".png"), CAMERA, pose);
    }

    static PosedCollection collection(List<PosedImage> images, Optional<SparsePoints> points) {
        return new PosedCollection("test", images, List.of(), points);
    }

    /** The same with points in a ball round the origin, each seen by a run of neighbouring cameras. */
    static PosedCollection withPoints(PosedCollection scene, int points, double radius, int trackLength) {
        Random random = new Random(2);
        int n = scene.images().size();
        double[] xyz = new double[3 * points];
        int[][] tracks = new int[points][trackLength];
        for (int p = 0; p < points; p++) {
            for (int k = 0; k < 3; k++) {
                xyz[3 * p + k] = radius * (2 * random.nextDouble() - 1) / Math.sqrt(3);
            }
            int first = random.nextInt(n - trackLength + 1);
            for (int k = 0; k < trackLength; k++) {
                tracks[p][k] = first + k;
            }
        }
        return collection(scene.images(), Optional.of(new SparsePoints(xyz, tracks)));
    }
}
