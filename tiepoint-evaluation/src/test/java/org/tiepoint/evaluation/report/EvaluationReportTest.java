package org.tiepoint.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.synthetic.SceneOptions;
import org.tiepoint.dataset.synthetic.SyntheticScene;
import org.tiepoint.evaluation.Candidate;
import org.tiepoint.evaluation.Evaluation;
import org.tiepoint.evaluation.EvaluationListener;
import org.tiepoint.evaluation.EvaluationPair;
import org.tiepoint.evaluation.EvaluationResult;
import org.tiepoint.evaluation.EvaluationSet;
import org.tiepoint.evaluation.HomographyProtocol;
import org.tiepoint.evaluation.ImageFeatureProvider;
import org.tiepoint.evaluation.Intrinsics;
import org.tiepoint.evaluation.PairTruth;
import org.tiepoint.evaluation.PoseProtocol;
import org.tiepoint.evaluation.Protocol;
import org.tiepoint.evaluation.SetImage;
import org.tiepoint.feature.DetectThenDescribe;
import org.tiepoint.feature.ImageFeatures;
import org.tiepoint.feature.RootSift;
import org.tiepoint.feature.SiftDetector;
import org.tiepoint.geometry.Camera;
import org.tiepoint.image.ImageWriter;
import org.tiepoint.match.MutualNearestNeighborMatcher;
import org.tiepoint.match.RatioTestMatcher;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class EvaluationReportTest {
    private static final double[] STAY = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    private static final double[] MOVE = {1, 0, 50, 0, 1, 30, 0, 0, 1};
    private static final PublishedCurves PUBLISHED = new PublishedCurves(List.of(new PublishedCurves.Method("caps<1>",
            "PoSFeat", 4386, 1450, new double[] {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1}, new double[10],
            new double[10])));

    @TempDir
    Path folder;

    private SyntheticScene scene;

    @BeforeEach
    void render() throws IOException {
        scene = SyntheticScene.create(SceneOptions.defaults().withViews(2).withSize(200, 150).withLightChange(0));
        ImageWriter.writePng(scene.render(0).image(), folder.resolve("0.png"));
        ImageWriter.writePng(scene.render(1).image(), folder.resolve("1.png"));
    }

    @Test
    void hpatchesHasPublishedCurvesBehindItsOwn() throws IOException {
        Document html = Xml.parse(EvaluationReport.page(homographies("i_leuven", "v_boat"), PUBLISHED,
                "tiepoint evaluate 'a & b'").html());
        assertEquals(4, Xml.elements(html, "svg", "chart").size(), "all, illumination, viewpoint, corner error");
        assertEquals(3, Xml.elements(html, "path", "behind").size());
        assertEquals("caps<1>", Xml.elements(html, "text", "name").get(0).getTextContent());
        assertTrue(Xml.elements(html, "p", "").stream().anyMatch(p -> p.getTextContent().contains("here 2 sequences")));
        List<String> tables = Xml.elements(html, "caption", "").stream().map(Element::getTextContent).toList();
        assertEquals(List.of("set <1>, all: 4 pairs", "set <1>, illumination: 2 pairs", "set <1>, viewpoint: 2 pairs",
                "Published results on HPatches: MMA of all pairs", "Each pair: MMA@3"), tables);
        assertEquals("tiepoint evaluate 'a & b'", Xml.elements(html, "pre", "").get(0).getTextContent());
    }

    @Test
    void anotherSetHasNone() throws IOException {
        Document html = Xml.parse(EvaluationReport.page(homographies("i_leuven", "v_square"), PUBLISHED, "").html());
        assertEquals(0, Xml.elements(html, "path", "behind").size());
        assertTrue(Xml.elements(html, "p", "").stream().anyMatch(p -> p.getTextContent().contains("not drawn")));
    }

    @Test
    void showsTheBestAndTheWorstPairOnce() throws IOException {
        EvaluationResult result = homographies("i_leuven", "v_boat");
        Map<String, List<Integer>> chosen = new PairGallery(new HomographySection(PUBLISHED), result.sets().get(0), "p")
                .choose();
        assertEquals(List.of(0, 2), chosen.get("Best"), "the pairs whose homography is right");
        assertEquals(List.of(1, 3), chosen.get("Worst"));
        assertEquals(List.of(), chosen.get("Most different"));
        Document html = Xml.parse(EvaluationReport.page(result, PUBLISHED, "").html());
        assertEquals(8, Xml.elements(html, "svg", "pair").size(), "four pairs by two features");
        assertEquals(8, Xml.elements(html, "image", "").size());
        assertEquals("", Xml.elements(html, "path", "wrong").get(0).getAttribute("d"));
        assertEquals("", Xml.elements(html, "path", "correct").get(4).getAttribute("d"));
        assertTrue(Xml.elements(html, "figcaption", "").get(0).getTextContent().matches(
                "sift<1> MMA@3 1\\.000, \\d+ matches, corner error 0\\.0 px"));
    }

    @Test
    void posesHaveRecallCurves() throws IOException {
        Intrinsics intrinsics = intrinsics(scene.camera(0));
        PairTruth truth = new PairTruth.RelativePose(intrinsics, intrinsics(scene.camera(1)),
                scene.pose(0).to(scene.pose(1)));
        EvaluationPair pair = new EvaluationPair("0-1", "", image("0.png"), image("1.png"), truth);
        EvaluationResult result = evaluate(new PoseProtocol(), new EvaluationSet("town", folder, List.of(pair)));
        Document html = Xml.parse(EvaluationReport.page(result, PublishedCurves.none(), "").html());
        assertEquals(4, Xml.elements(html, "svg", "chart").size());
        assertEquals("sift<1>", Xml.elements(html, "li", "").get(0).getTextContent());
        assertEquals(2, Xml.elements(html, "svg", "pair").size());
        assertTrue(Xml.elements(html, "figcaption", "").get(0).getTextContent().contains("pose error "));
        double precision = result.sets().get(0).features().get(0).pairs().get(0).score("precision");
        int correct = Xml.elements(html, "path", "correct").get(0).getAttribute("d").split("M").length - 1;
        int wrong = Xml.elements(html, "path", "wrong").get(0).getAttribute("d").split("M").length - 1;
        assertEquals(precision, (double) correct / (correct + wrong), 1e-9);
    }

    /** Each sequence has image 0 against itself, once under its true homography and once under a wrong one. */
    private EvaluationResult homographies(String... sequences) throws IOException {
        List<EvaluationPair> pairs = new ArrayList<>();
        for (String sequence : sequences) {
            pairs.add(new EvaluationPair(sequence + "/1-2", sequence, image("0.png"), image("0.png"),
                    new PairTruth.Homography(STAY)));
            pairs.add(new EvaluationPair(sequence + "/1-3", sequence, image("0.png"), image("0.png"),
                    new PairTruth.Homography(MOVE)));
        }
        return evaluate(new HomographyProtocol(), new EvaluationSet("set <1>", folder, pairs));
    }

    private EvaluationResult evaluate(Protocol protocol, EvaluationSet set) throws IOException {
        try (ImageFeatureProvider sift = new ImageFeatureProvider(() -> ImageFeatures.by(new DetectThenDescribe(
                new SiftDetector(), new RootSift(), 100)), true)) {
            Path out = Files.createTempDirectory(folder, "out");
            return new Evaluation(protocol, out).run(List.of(set), List.of(
                    new Candidate("sift<1>", sift, new MutualNearestNeighborMatcher(), Map.of()),
                    new Candidate("ratio", sift, new RatioTestMatcher(0.8), Map.of())), Map.of("tiepoint", "test"),
                    EvaluationListener.silent());
        }
    }

    private SetImage image(String name) {
        return SetImage.upright(folder.resolve(name), name);
    }

    private static Intrinsics intrinsics(Camera camera) {
        return new Intrinsics(camera.fx(), camera.fy(), camera.cx(), camera.cy());
    }
}
