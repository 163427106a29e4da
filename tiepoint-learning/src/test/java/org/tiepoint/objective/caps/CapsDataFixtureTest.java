package org.tiepoint.objective.caps;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Epipolar;
import org.tiepoint.geometry.Pose;
import org.tiepoint.testing.Fixture;

class CapsDataFixtureTest {
    private record Pair(Camera first, Camera second, Pose firstPose, Pose secondPose) {
        double[] fundamental() {
            return Epipolar.fundamental(first, firstPose, second, secondPose);
        }
    }

    @Test
    void reproducesTheFundamentalMatrices() throws IOException {
        Fixture fixture = Fixture.read("caps_matching_and_loss.safetensors");
        double[] expected = fixture.stored("fundamental").toDoubles();
        for (int i = 0; i < expected.length / 9; i++) {
            Fixture.assertClose("fundamental " + i, Arrays.copyOfRange(expected, 9 * i, 9 * i + 9),
                    pair(fixture, i).fundamental(), Fixture.TOLERANCE);
        }
    }

    @Test
    void reproducesThePruningMask() throws IOException {
        Fixture fixture = Fixture.read("caps_matching_and_loss.safetensors");
        boolean[] expected = fixture.stored("prune_keep").toBooleans();
        float[] points = fixture.stored("coord1").toFloats();
        int batch = (int) fixture.stored("coord1").shape()[0];
        int count = expected.length / batch;
        boolean[] kept = new boolean[expected.length];
        for (int i = 0; i < batch; i++) {
            Pair pair = pair(fixture, i);
            QueryPruning pruning = new QueryPruning(pair.fundamental(), pair.first().matrix(), pair.second().matrix(),
                    pair.firstPose().to(pair.secondPose()), pair.second().width(), pair.second().height(),
                    fixture.number("d_min"), fixture.number("d_max"), true);
            for (int j = i * count; j < (i + 1) * count; j++) {
                kept[j] = pruning.keeps(points[2 * j], points[2 * j + 1]);
            }
        }
        assertArrayEquals(expected, kept);
    }

    private static Pair pair(Fixture fixture, int i) {
        return new Pair(camera(fixture, "intrinsics1", i), camera(fixture, "intrinsics2", i),
                pose(fixture, "extrinsics1", i), pose(fixture, "extrinsics2", i));
    }

    private static Camera camera(Fixture fixture, String name, int i) {
        double[] k = Arrays.copyOfRange(fixture.stored(name).toDoubles(), 9 * i, 9 * i + 9);
        return Camera.pinhole(fixture.integer("image_width"), fixture.integer("image_height"), k[0], k[4], k[2], k[5]);
    }

    private static Pose pose(Fixture fixture, String name, int i) {
        double[] e = Arrays.copyOfRange(fixture.stored(name).toDoubles(), 16 * i, 16 * i + 16);
        return new Pose(new double[] {e[0], e[1], e[2], e[4], e[5], e[6], e[8], e[9], e[10]},
                new double[] {e[3], e[7], e[11]});
    }
}
