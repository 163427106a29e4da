package org.tiepoint.dataset.synthetic;

import java.util.Locale;
import java.util.Optional;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;

/**
 * A computed town square seen by several cameras: pictures with exact poses, depths and correspondences, for a place
 * without photos. World axes: x east, y north, z up; units: metres. Immutable and safe for many threads.
 */
public final class SyntheticScene {
    private static final double TOLERANCE = 1e-6;

    private final SceneOptions options;
    private final BoundingTree tree;
    private final CameraPath path;

    private SyntheticScene(SceneOptions options, BoundingTree tree, CameraPath path) {
        this.options = options;
        this.tree = tree;
        this.path = path;
    }

    /** Lays out and paints the scene: about a second. */
    public static SyntheticScene create(SceneOptions options) {
        return new SyntheticScene(options, new BoundingTree(Town.build(options.seed())), CameraPath.of(options));
    }

    /** The same place and cameras in light that varies more or less; quick, for nothing is laid out again. */
    public SyntheticScene withLightChange(double lightChange) {
        return new SyntheticScene(options.withLightChange(lightChange), tree, path);
    }

    public SceneOptions options() {
        return options;
    }

    /** The scene's name, from its seed. */
    public String name() {
        return "synthetic-" + options.seed();
    }

    /** How many views there are; they are numbered from 0. */
    public int views() {
        return options.views();
    }

    public Camera camera(int view) {
        return path.cameras().get(requireView(view));
    }

    /** World to camera. */
    public Pose pose(int view) {
        return path.poses().get(requireView(view));
    }

    /** Traces a view on all processors of the common pool. */
    public RenderedView render(int view) {
        Illumination light = Illumination.of(options.seed(), requireView(view), options.lightChange());
        float[] depth = new float[options.width() * options.height()];
        Renderer renderer = new Renderer(tree, camera(view), pose(view), light, options.samples(),
                Noise.hash((int) options.seed(), view, 5));
        return new RenderedView(renderer.image(depth), camera(view), pose(view),
                new DepthMap(options.width(), options.height(), depth));
    }

    /**
     * Where view {@code to} sees the surface point that view {@code from} sees at (x, y).
     *
     * @return x and y in pixels; empty for sky, for a point hidden in the other view, and outside the other image
     */
    public Optional<double[]> correspondence(int from, int to, double x, double y) {
        Ray ray = new Ray();
        Renderer.aim(ray, camera(from), pose(from).rotation(), pose(from).centre(), x, y);
        tree.trace(ray);
        if (!ray.hits()) {
            return Optional.empty();
        }
        ray.describe();
        boolean back = ray.back;
        double[] point = {ray.x(), ray.y(), ray.z()};
        Camera camera = camera(to);
        double[] seen = pose(to).transform(point);
        double x2 = camera.fx() * seen[0] / seen[2] + camera.cx();
        double y2 = camera.fy() * seen[1] / seen[2] + camera.cy();
        boolean inside = seen[2] > 0 && x2 >= -0.5 && y2 >= -0.5 && x2 < camera.width() - 0.5
                && y2 < camera.height() - 0.5;
        if (!inside) {
            return Optional.empty();
        }
        Renderer.aim(ray, camera, pose(to).rotation(), pose(to).centre(), x2, y2);
        tree.trace(ray);
        if (!ray.hits() || Math.abs(ray.t - seen[2]) > TOLERANCE * seen[2]) {
            return Optional.empty();
        }
        ray.describe();
        return ray.back == back ? Optional.of(new double[] {x2, y2}) : Optional.empty();
    }

    private int requireView(int view) {
        if (view < 0 || view >= options.views()) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "view %d: the scene has %d, numbered from 0", view, options.views()));
        }
        return view;
    }
}
