package org.tiepoint.evaluation.localisation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.ImagePair;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedImage;
import org.tiepoint.dataset.SparsePoints;
import org.tiepoint.evaluation.Machine;
import org.tiepoint.evaluation.Measures;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;
import org.tiepoint.localisation.Localisation;

class LocalisationMeasuresTest {
    private static final double[] NO_TURN = {1, 0, 0, 0, 1, 0, 0, 0, 1};

    @TempDir
    Path folder;

    private static PosedImage image(int i, Pose pose) {
        return new PosedImage("i" + i, Path.of("i" + i), Camera.pinhole(64, 48, 50, 50, 31.5, 23.5), pose);
    }

    /** A turn about the vertical axis by so many degrees, the centre at x. */
    private static Pose pose(double degrees, double x) {
        double a = Math.toRadians(degrees);
        double[] r = {Math.cos(a), 0, -Math.sin(a), 0, 1, 0, Math.sin(a), 0, Math.cos(a)};
        double[] t = new Pose(r, new double[3]).transform(new double[] {-x, 0, 0});
        return new Pose(r, t);
    }

    /** A query at the origin that was found so far off. */
    private static QueryResult query(double degrees, double x) {
        Localisation found = new Localisation(Optional.of(pose(degrees, x)), 100, 50, List.of("a"));
        return QueryResult.of(image(1, new Pose(NO_TURN, new double[3])), found);
    }

    private static QueryResult lost() {
        return QueryResult.of(image(1, new Pose(NO_TURN, new double[3])),
                new Localisation(Optional.empty(), 10, 5, List.of()));
    }

    @Test
    void errorsAreBetweenCentresAndRotations() {
        QueryResult off = query(3, 0.4);
        assertEquals(0.4, off.translationError(), 1e-12);
        assertEquals(3, off.rotationDegrees(), 1e-9);
        assertEquals(Double.POSITIVE_INFINITY, lost().translationError());
    }

    @Test
    void sharesAndMediansByHand() {
        Measures measures = LocalisationMeasures.of(List.of(query(1, 0.01), query(1, 0.2), query(3, 0.2),
                query(4, 0.4), query(9, 4), query(20, 0.1), lost()));
        Map<String, Double> within = new TreeMap<>();
        measures.values().get("within").forEach((key, estimate) -> within.put(key, estimate.value()));
        assertEquals(Map.of("0.05/5", 1 / 7.0, "0.25/2", 2 / 7.0, "0.5/5", 4 / 7.0, "5/10", 5 / 7.0), within);
        // 0.01 0.1 0.2 0.2 0.4 4 inf, and 1 1 3 4 9 20 inf
        assertEquals(0.2, measures.of("medianTranslation").value(), 1e-12);
        assertEquals(4, measures.of("medianRotation").value(), 1e-9);
        assertEquals(6 / 7.0, measures.of("localised").value(), 1e-12);
        assertEquals((6 * 50 + 5) / 7.0, measures.of("inliers").value(), 1e-12);
        assertEquals(7, measures.pairs());
        double low = measures.values().get("within").get("0.5/5").low();
        assertTrue(low < 4 / 7.0 && low > 0.1, "" + low);
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwoAndCountsWeights() {
        double[] values = {9, 1, 5, 3};
        assertEquals(4, LocalisationMeasures.median(values).of(new int[] {1, 1, 1, 1}));
        assertEquals(9, LocalisationMeasures.median(values).of(new int[] {3, 1, 0, 0}));
        assertEquals(2, LocalisationMeasures.median(values).of(new int[] {0, 2, 0, 2}));
        assertEquals(Double.POSITIVE_INFINITY, LocalisationMeasures.median(
                new double[] {1, Double.POSITIVE_INFINITY}).of(new int[] {1, 1}));
    }

    @Test
    void oneOfSoManyIsHeldOutWithItsPointsAndPairs() {
        List<PosedImage> images = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            images.add(image(i, pose(i, i)));
        }
        // places 1 and 4 are left out
        PosedCollection scene = new PosedCollection("s", images, List.of(new ImagePair(0, 1), new ImagePair(2, 5)),
                Optional.of(new SparsePoints(new double[] {1, 1, 1, 2, 2, 2, 3, 3, 3},
                        new int[][] {{0, 1, 2}, {1, 4}, {3, 5}})));
        HeldOut split = HeldOut.every(scene, 3);
        assertEquals(List.of("i1", "i4"), split.queries().stream().map(PosedImage::name).toList());
        assertEquals(List.of("i0", "i2", "i3", "i5", "i6"), split.references().images().stream()
                .map(PosedImage::name).toList());
        assertEquals(List.of(new ImagePair(1, 3)), split.references().pairs());
        SparsePoints points = split.references().points().orElseThrow();
        assertArrayEquals(new double[] {1, 1, 1, 3, 3, 3}, points.xyz());
        assertArrayEquals(new int[][] {{0, 1}, {2, 3}}, points.tracks());
        assertThrows(IllegalArgumentException.class, () -> HeldOut.every(scene, 1));
        assertThrows(IllegalArgumentException.class, () -> HeldOut.every(scene, 20));
    }

    @Test
    void filesHoldTheNumbers() throws IOException {
        LocalisationResult result = new LocalisationResult(Map.of("references", "10"),
                List.of(new LocalisationResult.Scene("hall", 8, 2, List.of(new LocalisationResult.Feature("a|b",
                        Map.of("method", "rootsift"), 321, List.of(query(1, 0.2), lost()))))),
                new Machine("p", 2, "s"), Map.of("tiepoint", "1"));
        LocalisationFiles.write(folder, result);
        JsonNode feature = new ObjectMapper().readTree(folder.resolve("summary.json").toFile()).at("/sets/0/features/0");
        assertEquals(0.5, feature.at("/within").get("0.25/2").asDouble());
        assertEquals(0, feature.at("/interval/within").get("0.25/2").get(0).asDouble());
        assertEquals("Infinity", feature.at("/medianTranslation").asText());
        assertEquals(2, feature.at("/queries").asInt());
        assertEquals(321, feature.at("/points").asInt());
        List<String> lines = Files.readAllLines(folder.resolve("queries.csv"));
        assertEquals("set,features,query,translation,rotationDegrees,matches,inliers,references", lines.get(0));
        assertEquals("hall,a|b,i1,inf,inf,10,5,", lines.get(2));
        assertTrue(Files.readString(folder.resolve("summary.csv")).contains("hall,a|b,all,within,0.5/5,0.5,0.0,1.0\n"));
        assertTrue(LocalisationFiles.markdown(result).contains("### hall (2 queries, 8 references)"));
    }
}
