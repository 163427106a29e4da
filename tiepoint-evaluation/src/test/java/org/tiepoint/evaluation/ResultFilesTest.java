package org.tiepoint.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.match.MutualNearestNeighborMatcher;

class ResultFilesTest {
    private static final PairTruth SAME = new PairTruth.Homography(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1});

    @TempDir
    Path folder;

    private EvaluationResult result;

    /** On one pair everything is right, on the other nothing is found. */
    @BeforeEach
    void evaluate() throws IOException {
        HandmadeFeatures features = new HandmadeFeatures(folder);
        float[] xy = {1, 1, 30, 2, 3, 20, 31, 22};
        SetImage first = features.add("1.png", xy, 0, 1, 2, 3);
        SetImage second = features.add("2.png", xy, 0, 1, 2, 3);
        SetImage third = features.add("a,b.png", new float[0]);
        EvaluationSet set = new EvaluationSet("planes", folder, List.of(
                new EvaluationPair("i_a/1-2", "i_a", first, second, SAME),
                new EvaluationPair("v_a/1-2", "v_a", first, third, SAME)));
        result = new Evaluation(new HomographyProtocol(), folder).run(List.of(set), List.of(new Candidate("hand",
                features, new MutualNearestNeighborMatcher(), Map.of("max", "4"))), Map.of("tiepoint", "1"),
                EvaluationListener.silent());
        ResultFiles.write(folder, result);
    }

    @Test
    void theSummaryHasItsDocumentedKeys() throws IOException {
        JsonNode root = new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
        assertEquals("tiepoint-evaluation-1", root.at("/format").asText());
        assertEquals("homography", root.at("/protocol").asText());
        assertEquals("3.0 px", root.at("/settings/threshold").asText());
        assertEquals("planes", root.at("/sets/0/name").asText());
        assertEquals(2, root.at("/sets/0/pairs").asInt());
        JsonNode hand = root.at("/sets/0/features/0");
        assertEquals("hand", hand.at("/name").asText());
        assertEquals("4", hand.at("/settings/max").asText());
        assertEquals(0.5, hand.at("/mma/3").asDouble());
        assertEquals(0.5, hand.at("/homographyAccuracy/1").asDouble());
        assertEquals(0.5, hand.at("/auc/5").asDouble(), 1e-6);
        assertEquals(0.5, hand.at("/repeatability").asDouble());
        assertEquals(2, hand.at("/matches").asDouble());
        assertEquals(0, hand.at("/interval/mma/3/0").asDouble());
        assertEquals(1, hand.at("/interval/mma/3/1").asDouble());
        assertEquals(4, hand.at("/interval/matches/1").asDouble());
        assertEquals(1, hand.at("/subsets/illumination/mma/1").asDouble());
        assertEquals(0, hand.at("/subsets/viewpoint/interval/mma/1/1").asDouble());
        assertEquals("1", root.at("/versions/tiepoint").asText());
    }

    @Test
    void tablesAreCommaSeparated() throws IOException {
        List<String> summary = Files.readAllLines(folder.resolve("summary.csv"));
        assertEquals("set,features,part,measure,threshold,value,low,high", summary.get(0));
        assertTrue(summary.contains("planes,hand,all,mma,3,0.5,0.0,1.0"), summary.toString());
        List<String> pairs = Files.readAllLines(folder.resolve("pairs.csv"));
        assertEquals(3, pairs.size());
        assertTrue(pairs.get(0).startsWith("set,features,pair,group,first,second,mma1,"), pairs.get(0));
        assertTrue(pairs.get(2).startsWith("planes,hand,v_a/1-2,v_a,1.png,\"a,b.png\",0.0,"), pairs.get(2));
        assertTrue(pairs.get(2).contains(",inf,"), pairs.get(2));
    }

    @Test
    void theTableHasARowByPart() {
        String[] lines = ResultTable.markdown(result).split("\n");
        assertEquals("### planes (2 pairs)", lines[0]);
        assertTrue(lines[2].startsWith("| features | part ") && lines[2].contains("| MMA@1 |"), lines[2]);
        assertTrue(lines[4].matches("\\| hand +\\| all +\\| 0.500 \\| 0.500 \\(0.000-1.000\\) .*"), lines[4]);
        assertTrue(lines[5].matches("\\| hand +\\| illumination \\(1\\) +\\| 1.000 .*"), lines[5]);
        assertEquals(7, lines.length);
    }
}
