package org.tiepoint.dataset.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;

/** Cameras on a walk around the scene: distance, height, aim, roll and focal length vary from view to view. */
record CameraPath(List<Camera> cameras, List<Pose> poses) {

    static CameraPath of(SceneOptions options) {
        SplittableRandom random = new SplittableRandom(options.seed() ^ 0xca3e7aL);
        double azimuth = 2 * Math.PI * random.nextDouble();
        double phase = 2 * Math.PI * random.nextDouble();
        List<Camera> cameras = new ArrayList<>();
        List<Pose> poses = new ArrayList<>();
        for (int i = 0; i < options.views(); i++) {
            double distance = 13.2 + 1.3 * StrictMath.sin(0.55 * i + phase) + 0.4 * spread(random);
            double height = 3.0 + 1.3 * StrictMath.sin(0.37 * i + 2 * phase) + 0.25 * spread(random);
            Vec flat = Vec.direction(azimuth, 0).times(distance);
            Vec centre = new Vec(flat.x(), flat.y(), height);
            Vec aim = new Vec(0.3 * spread(random), 0.3 * spread(random), 1.3 + 0.2 * spread(random));
            poses.add(lookAt(centre, aim, Math.toRadians(2.5) * spread(random)));
            double focal = 0.85 * Math.max(options.width(), options.height()) * (1 + 0.06 * spread(random));
            cameras.add(Camera.pinhole(options.width(), options.height(), focal, focal,
                    (options.width() - 1) / 2.0 + 0.005 * options.width() * spread(random),
                    (options.height() - 1) / 2.0 + 0.005 * options.height() * spread(random)));
            azimuth += Math.toRadians(options.stepDegrees()) * (1 + 0.15 * spread(random));
        }
        return new CameraPath(List.copyOf(cameras), List.copyOf(poses));
    }

    private static Pose lookAt(Vec centre, Vec aim, double roll) {
        Vec forward = aim.minus(centre).unit();
        Vec level = forward.cross(Vec.UP).unit();
        Vec plumb = forward.cross(level);
        double cos = StrictMath.cos(roll);
        double sin = StrictMath.sin(roll);
        Vec right = level.times(cos).plus(plumb.times(sin));
        Vec down = plumb.times(cos).minus(level.times(sin));
        double[] rotation = {right.x(), right.y(), right.z(), down.x(), down.y(), down.z(),
            forward.x(), forward.y(), forward.z()};
        return new Pose(rotation, new double[] {-right.dot(centre), -down.dot(centre), -forward.dot(centre)});
    }

    private static double spread(SplittableRandom random) {
        return 2 * random.nextDouble() - 1;
    }
}
