package org.tiepoint.dataset.preparation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tiepoint.dataset.LoadedView;
import org.tiepoint.dataset.preparation.PairCheck.Verdict;
import org.tiepoint.dataset.synthetic.RenderedView;
import org.tiepoint.dataset.synthetic.SceneOptions;
import org.tiepoint.dataset.synthetic.SyntheticScene;
import org.tiepoint.feature.Features;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;
import org.tiepoint.image.Image;

class PairVerifierTest {
    private static final PairVerifier VERIFIER = new PairVerifier(PairVerifier.Options.defaults());
    private static RenderedView first;
    private static RenderedView second;

    @BeforeAll
    static void render() {
        SyntheticScene scene = SyntheticScene.create(SceneOptions.defaults().withViews(2).withSize(320, 240));
        first = scene.render(0);
        second = scene.render(1);
    }

    private static Features features(RenderedView view) {
        return VERIFIER.features(new LoadedView(view.image(), view.camera()));
    }

    private static PairCheck check(Camera secondCamera, Pose secondPose) {
        return VERIFIER.check(features(first), first.camera(), first.pose(), features(second), secondCamera,
                secondPose);
    }

    @Test
    void confirmsExactPoses() {
        PairCheck check = check(second.camera(), second.pose());
        assertEquals(Verdict.CONFIRMED, check.verdict());
        assertTrue(check.medianPixels() < 0.5, check.toString());
        assertTrue(check.agreeing() >= 0.9 * check.explained(), check.toString());
    }

    @Test
    void contradictsAPoseThatIsTurned() {
        double a = Math.toRadians(10);
        double[] r = second.pose().rotation();
        double[] turned = new double[9];
        for (int column = 0; column < 3; column++) {
            turned[column] = Math.cos(a) * r[column] - Math.sin(a) * r[3 + column];
            turned[3 + column] = Math.sin(a) * r[column] + Math.cos(a) * r[3 + column];
            turned[6 + column] = r[6 + column];
        }
        assertEquals(Verdict.CONTRADICTED, check(second.camera(), new Pose(turned, second.pose().translation()))
                .verdict());
    }

    @Test
    void contradictsAWrongFocalLength() {
        Camera camera = second.camera();
        Camera wrong = Camera.pinhole(camera.width(), camera.height(), 3 * camera.fx(), 3 * camera.fy(), camera.cx(),
                camera.cy());
        assertEquals(Verdict.CONTRADICTED, check(wrong, second.pose()).verdict());
    }

    @Test
    void isUndecidedWithoutFeatures() {
        byte[] grey = new byte[3 * 64 * 64];
        Features none = VERIFIER.features(new LoadedView(new Image(64, 64, grey), first.camera()));
        PairCheck check = VERIFIER.check(none, first.camera(), first.pose(), features(second), second.camera(),
                second.pose());
        assertEquals(new PairCheck(0, 0, 0, Double.NaN), check);
        assertEquals(Verdict.UNDECIDED, check.verdict());
    }

    @Test
    void judgesFrom15MatchesOn() {
        assertEquals(Verdict.CONTRADICTED, new PairCheck(40, 15, 7, 9).verdict());
        assertEquals(Verdict.UNDECIDED, new PairCheck(40, 15, 8, 2).verdict());
        assertEquals(Verdict.UNDECIDED, new PairCheck(40, 14, 0, 9).verdict());
        assertEquals(Verdict.CONFIRMED, new PairCheck(40, 20, 15, 1).verdict());
    }

    @Test
    void refusesOptionsOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> new PairVerifier.Options(7, 0.8, 2, 3));
        assertThrows(IllegalArgumentException.class, () -> new PairVerifier.Options(100, 1.2, 2, 3));
        assertThrows(IllegalArgumentException.class, () -> new PairVerifier.Options(100, 0.8, 0, 3));
        assertThrows(IllegalArgumentException.class, () -> new PairVerifier.Options(100, 0.8, 2, Double.NaN));
    }
}
