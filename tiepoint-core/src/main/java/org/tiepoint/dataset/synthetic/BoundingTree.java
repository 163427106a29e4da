package org.tiepoint.dataset.synthetic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A binary tree of axis-aligned boxes over the surfaces, split at the median of the widest axis (Rubin and Whitted
 * 1980). Immutable; safe for many threads, each with its own {@link Ray}.
 */
final class BoundingTree {
    private static final int LEAF = 2;

    private final Surface[] surfaces;
    private final List<double[]> building = new ArrayList<>();
    private final List<int[]> links = new ArrayList<>();
    private final double[] boxes;
    private final int[] first;
    private final int[] count;

    BoundingTree(List<Surface> scene) {
        surfaces = scene.toArray(Surface[]::new);
        build(0, surfaces.length);
        boxes = building.stream().flatMapToDouble(Arrays::stream).toArray();
        first = links.stream().mapToInt(link -> link[0]).toArray();
        count = links.stream().mapToInt(link -> link[1]).toArray();
        building.clear();
        links.clear();
    }

    /** Adds the node over surfaces[from, to); a leaf links to its surfaces, a branch (count 0) to its second child. */
    private void build(int from, int to) {
        double[] box = {1e30, 1e30, 1e30, -1e30, -1e30, -1e30};
        for (int i = from; i < to; i++) {
            double[] b = surfaces[i].bounds();
            for (int k = 0; k < 3; k++) {
                box[k] = Math.min(box[k], b[k] - 1e-6);
                box[3 + k] = Math.max(box[3 + k], b[3 + k] + 1e-6);
            }
        }
        int[] link = {from, to - from};
        building.add(box);
        links.add(link);
        if (to - from > LEAF) {
            int axis = 0;
            for (int k = 1; k < 3; k++) {
                axis = box[3 + k] - box[k] > box[3 + axis] - box[axis] ? k : axis;
            }
            int chosen = axis;
            Arrays.sort(surfaces, from, to, Comparator.comparingDouble(surface -> {
                double[] b = surface.bounds();
                return b[chosen] + b[3 + chosen];
            }));
            int middle = (from + to) >>> 1;
            build(from, middle);
            link[0] = links.size();
            link[1] = 0;
            build(middle, to);
        }
    }

    /** Finds the nearest surface along the ray and writes t and surface into it. */
    void trace(Ray ray) {
        ray.t = Double.POSITIVE_INFINITY;
        walk(ray, false);
    }

    /** Whether anything lies on the ray before {@code limit}. */
    boolean blocked(Ray ray, double limit) {
        ray.t = limit;
        return walk(ray, true);
    }

    private boolean walk(Ray ray, boolean any) {
        double ix = 1 / ray.dx;
        double iy = 1 / ray.dy;
        double iz = 1 / ray.dz;
        int[] stack = ray.stack;
        int top = 0;
        stack[top++] = 0;
        while (top > 0) {
            int node = stack[--top];
            if (!crosses(ray, node, ix, iy, iz)) {
                continue;
            }
            if (count[node] == 0) {
                stack[top++] = first[node];
                stack[top++] = node + 1;
                continue;
            }
            for (int i = first[node]; i < first[node] + count[node]; i++) {
                double t = surfaces[i].intersect(ray);
                if (t < ray.t) {
                    ray.t = t;
                    ray.surface = surfaces[i];
                    if (any) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean crosses(Ray ray, int node, double ix, double iy, double iz) {
        int k = 6 * node;
        double near = (boxes[k] - ray.ox) * ix;
        double far = (boxes[k + 3] - ray.ox) * ix;
        double enter = Math.min(near, far);
        double leave = Math.max(near, far);
        near = (boxes[k + 1] - ray.oy) * iy;
        far = (boxes[k + 4] - ray.oy) * iy;
        enter = Math.max(enter, Math.min(near, far));
        leave = Math.min(leave, Math.max(near, far));
        near = (boxes[k + 2] - ray.oz) * iz;
        far = (boxes[k + 5] - ray.oz) * iz;
        enter = Math.max(enter, Math.min(near, far));
        leave = Math.min(leave, Math.max(near, far));
        return leave >= Math.max(enter, 0) && enter < ray.t;
    }
}
