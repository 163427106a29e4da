package org.tiepoint.dataset.synthetic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A binary tree of axis-aligned boxes over the surfaces, split where the surface area heuristic is least (MacDonald and
 * Booth 1990). Immutable; safe for many threads, each with its own {@link Ray}.
 */
final class BoundingTree {
    private static final int LEAF = 2;

    private final Surface[] surfaces;
    private final List<double[]> building = new ArrayList<>();
    private final List<int[]> links = new ArrayList<>();
    private final double[] boxes;
    private final int[] first;
    private final int[] count;
    private final int[] axis;

    BoundingTree(List<Surface> scene) {
        surfaces = scene.toArray(Surface[]::new);
        build(0, surfaces.length);
        boxes = building.stream().flatMapToDouble(Arrays::stream).toArray();
        first = links.stream().mapToInt(link -> link[0]).toArray();
        count = links.stream().mapToInt(link -> link[1]).toArray();
        axis = links.stream().mapToInt(link -> link[2]).toArray();
        building.clear();
        links.clear();
    }

    /** Adds the node over surfaces[from, to); a leaf links to its surfaces, a branch (count 0) to its second child. */
    private void build(int from, int to) {
        double[] box = box(from, to);
        int[] link = {from, to - from, 0};
        building.add(box);
        links.add(link);
        if (to - from > LEAF) {
            double cheapest = Double.POSITIVE_INFINITY;
            int middle = (from + to) >>> 1;
            for (int k = 0; k < 3; k++) {
                sort(from, to, k);
                double[] after = new double[to - from];
                double[] sum = empty();
                for (int i = to - 1; i > from; i--) {
                    after[i - from] = area(join(sum, surfaces[i].bounds())) * (to - i);
                }
                sum = empty();
                for (int i = from + 1; i < to; i++) {
                    double cost = area(join(sum, surfaces[i - 1].bounds())) * (i - from) + after[i - from];
                    if (cost < cheapest) {
                        cheapest = cost;
                        middle = i;
                        link[2] = k;
                    }
                }
            }
            sort(from, to, link[2]);
            build(from, middle);
            link[0] = links.size();
            link[1] = 0;
            build(middle, to);
        }
    }

    private void sort(int from, int to, int axis) {
        Arrays.sort(surfaces, from, to, Comparator.comparingDouble(surface -> {
            double[] b = surface.bounds();
            return b[axis] + b[3 + axis];
        }));
    }

    private double[] box(int from, int to) {
        double[] box = empty();
        for (int i = from; i < to; i++) {
            join(box, surfaces[i].bounds());
        }
        for (int k = 0; k < 3; k++) {
            box[k] -= 1e-6;
            box[3 + k] += 1e-6;
        }
        return box;
    }

    private static double[] empty() {
        return new double[] {1e30, 1e30, 1e30, -1e30, -1e30, -1e30};
    }

    private static double[] join(double[] box, double[] other) {
        for (int k = 0; k < 3; k++) {
            box[k] = Math.min(box[k], other[k]);
            box[3 + k] = Math.max(box[3 + k], other[3 + k]);
        }
        return box;
    }

    private static double area(double[] box) {
        double x = box[3] - box[0];
        double y = box[4] - box[1];
        double z = box[5] - box[2];
        return x * y + y * z + z * x;
    }

    /** Finds the nearest surface along the ray and writes t and surface into it. */
    void trace(Ray ray) {
        trace(ray, Double.POSITIVE_INFINITY);
    }

    /** As {@link #trace(Ray)}; t stays at {@code limit} when nothing is nearer. */
    void trace(Ray ray, double limit) {
        ray.t = limit;
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
                boolean backwards = (axis[node] == 0 ? ix : axis[node] == 1 ? iy : iz) < 0;
                stack[top++] = backwards ? node + 1 : first[node];
                stack[top++] = backwards ? first[node] : node + 1;
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
