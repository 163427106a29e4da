package org.tiepoint.detector;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;
import org.tiepoint.testing.Fixture;

class ScfeatDetectorTrainingFixtureTest {
    @Test
    void reproducesTheEpipolarReward() throws IOException {
        Fixture fixture = Fixture.read("scfeat_keypoint_reward.safetensors");
        double goodReward = fixture.number("good_reward");
        double badReward = fixture.number("bad_reward");
        try (TensorScope scope = new TensorScope()) {
            Tensor good = EpipolarAgreement.of(fixture.tensor("keypoints1"), fixture.tensor("keypoints2"),
                    fixture.tensor("fundamental_1to2"), fixture.number("threshold_px"));
            fixture.assertReproduced("reward_epipolar", good.mul(goodReward - badReward).add(badReward),
                    Fixture.TOLERANCE);
        }
    }

    @Test
    void reproducesTheMatchProbabilities() throws IOException {
        Fixture fixture = Fixture.read("scfeat_keypoint_reward.safetensors");
        try (TensorScope scope = new TensorScope()) {
            Tensor logarithm = MatchProbability.logarithm(fixture.tensor("descriptors1"),
                    fixture.tensor("descriptors2"), fixture.number("temperature"));
            fixture.assertReproduced("match_log_probability", logarithm, Fixture.TOLERANCE);
            fixture.assertReproduced("match_probability", logarithm.exp(), Fixture.TOLERANCE);
        }
    }

    @Test
    void reproducesTheLogProbabilitiesOfDrawsAndTheirGradient() throws IOException {
        Fixture fixture = Fixture.read("scfeat_keypoint_reward.safetensors");
        long[] shape = fixture.stored("proposal").shape();
        long batch = shape[0];
        long count = shape[2] * shape[3];
        try (TensorScope scope = new TensorScope()) {
            Tensor scores = fixture.tensor("score_map").requireGradient(true);
            Tensor places = Tensor.of(longs(fixture.stored("proposal").toDoubles()), batch, count);
            Tensor accepted = Tensor.of(fixture.stored("accepted").toFloats(), batch, count);
            CellProposals proposals = CellProposals.of(scores, fixture.integer("grid_size"), places, accepted);
            fixture.assertReproduced("sample_log_probability", proposals.logProbabilities().reshape(shape),
                    Fixture.TOLERANCE);
            proposals.logProbabilities().sum().backward();
            fixture.assertReproduced("grad_score_map", scores.gradient().orElseThrow(), Fixture.GRADIENT_TOLERANCE);
        }
    }

    /** The authors' matrix goes from the second image to the first. */
    @Test
    void reproducesAFundamentalMatrixOfEightPoints() throws IOException {
        Fixture fixture = Fixture.read("scfeat_keypoint_reward.safetensors");
        try (TensorScope scope = new TensorScope()) {
            Tensor first = fixture.tensor("eight_point_x1").unsqueeze(0);
            Tensor second = fixture.tensor("eight_point_x2").unsqueeze(0);
            fixture.assertReproduced("eight_point_fundamental", EightPointSolver.solve(second, first).squeeze(0),
                    Fixture.TOLERANCE);
        }
    }

    private static long[] longs(double[] values) {
        long[] longs = new long[values.length];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = (long) values[i];
        }
        return longs;
    }
}
