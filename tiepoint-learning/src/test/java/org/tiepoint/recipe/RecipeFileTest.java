package org.tiepoint.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tiepoint.augment.ColourJitter;
import org.tiepoint.augment.CropPairMaker;
import org.tiepoint.detector.DetectorLoss;
import org.tiepoint.detector.ScoreNetwork;
import org.tiepoint.loss.AveragePrecisionLoss;
import org.tiepoint.loss.EpipolarLoss;
import org.tiepoint.loss.LineToWindowLoss;
import org.tiepoint.loss.NegativeSource;
import org.tiepoint.matching.CoarseToFineMatching;
import org.tiepoint.matching.LineToWindowMatching;
import org.tiepoint.network.Encoder;
import org.tiepoint.network.ResUNet;

class RecipeFileTest {
    @Test
    void theRecipesOfTheProjectAreWhole() throws RecipeException {
        for (String name : RecipeFile.NAMES) {
            String method = RecipeFile.parse(RecipeFile.text(name), name).method();
            assertTrue(name.replace("posfeat", "scfeat").replaceAll("compact|adapt", "mixed").startsWith(method), name);
        }
    }

    @Test
    void aMistypedKeyNamesItsLineAndTheNearestOne() throws RecipeException {
        assertEquals("unknown key optimisation.learningRat; did you mean learningRate? Known here: batch, decay,"
                + " decayEvery, encoderShare, learningRate, steps", problem("learningRate:", "learningRat:"));
        assertEquals("unknown key augmentation.warp.rolDegrees; did you mean rollDegrees? Known here: rollDegrees,"
                + " tilt, zoom", problem("rollDegrees", "rolDegrees"));
        assertEquals("unknown key sed; did you mean seed? Known here: augmentation, data, loss, matching, method,"
                + " network, optimisation, schedule, seed", problem("\nseed:", "\nsed:"));
    }

    @Test
    void aMissingKeyIsNamed() throws RecipeException {
        assertEquals("optimisation.batch: the key is missing: add it", problem("  batch: 2\n", ""));
    }

    @Test
    void aWrongValueIsNamed() throws RecipeException {
        assertTrue(problem("batch: 2", "batch: 0").contains("batch is 0: it must be 1 to 1024"));
        assertTrue(problem("batch: 2", "batch: two").startsWith("optimisation.batch: "));
    }

    /** Wang et al., ECCV 2020, and the released code. */
    @Test
    void capsHasThePapersNumbers() throws RecipeException {
        CapsRecipe caps = RecipeFile.parse(RecipeFile.text("caps"), "caps").caps();
        assertEquals(new ResUNet.Options(Encoder.RESNET50, 128, 128, 512, 256, false), caps.network());
        assertEquals(640, caps.data().width());
        assertEquals(480, caps.data().height());
        assertEquals(500, caps.data().queries());
        assertEquals(CapsRecipe.QuerySource.MIXED, caps.data().querySource());
        assertEquals(0.1, caps.data().querySource().randomShare());
        assertEquals(80, caps.data().maxRotationDegrees());
        assertEquals(new ColourJitter(1, 1, 1, 0.4), caps.augmentation().colour());
        assertTrue(caps.augmentation().warp().isIdentity());
        assertEquals(new CoarseToFineMatching.Options(0.125, true), caps.matching());
        assertEquals(new EpipolarLoss.Options(1, 1, 0.1, 0.1, 0), caps.loss());
        assertEquals(new Optimisation(1e-4, 1, 0.5, 80_000, 6, 200_000), caps.optimisation());
        assertEquals(1e-4, caps.optimisation().learningRateAt(79_999));
        assertEquals(5e-5, caps.optimisation().learningRateAt(80_000));
        assertEquals(2.5e-5, caps.optimisation().learningRateAt(199_999));
    }

    /** Li et al., CVPR 2022, and the released code, but for its optimiser of the detector. */
    @Test
    void posfeatHasThePublishedNumbers() throws RecipeException {
        ScfeatDescriptorRecipe descriptor = (ScfeatDescriptorRecipe) RecipeFile.parse(
                RecipeFile.text("posfeat-descriptor"), "descriptor");
        assertEquals(new DescriptorNetwork(DescriptorNetwork.Backbone.FINE, Encoder.RESNET50, 128, 512, 256, false),
                descriptor.network());
        assertEquals(LineToWindowMatching.Options.defaults(), descriptor.matching());
        assertEquals(LineToWindowLoss.Options.defaults(), descriptor.loss());
        assertEquals(new Optimisation(1e-4, 1, 0.1, 90_000, 8, 100_000), descriptor.optimisation());
        ScfeatDetectorRecipe detector = (ScfeatDetectorRecipe) RecipeFile.parse(RecipeFile.text("posfeat-detector"),
                "detector");
        assertEquals(descriptor.network(), detector.network());
        assertEquals(new ScoreNetwork.Options(192, 192, 64, 128, false), detector.detector());
        assertEquals(DetectorLoss.Options.defaults(DetectorLoss.Reward.EPIPOLAR), detector.loss());
        assertEquals(new Optimisation(1e-3, 1, 0.1, 4000, 6, 5000), detector.optimisation());
    }

    /** Both stages must have one network, and PoSFeat differs from SCFeat in backbone, peakiness and reward. */
    @Test
    void theSmallRecipesOfBothMethodsDifferInTheMethodAlone() throws RecipeException {
        ScfeatDetectorRecipe scfeat = (ScfeatDetectorRecipe) RecipeFile.parse(
                RecipeFile.text("scfeat-detector-small"), "scfeat");
        ScfeatDetectorRecipe posfeat = (ScfeatDetectorRecipe) RecipeFile.parse(
                RecipeFile.text("posfeat-detector-small"), "posfeat");
        ScfeatDescriptorRecipe before = (ScfeatDescriptorRecipe) RecipeFile.parse(
                RecipeFile.text("posfeat-descriptor-small"), "before");
        assertEquals(before.network(), posfeat.network());
        assertEquals(DescriptorNetwork.Backbone.FINE, posfeat.network().backbone());
        assertEquals(DetectorLoss.Reward.EPIPOLAR, posfeat.loss().reward());
        assertEquals(scfeat.data(), posfeat.data());
        assertEquals(scfeat.optimisation(), posfeat.optimisation());
        assertEquals(scfeat.schedule(), posfeat.schedule());
    }

    /** Melekhov et al., 3DV 2021, and the released code. */
    @Test
    void hndescHasThePapersNumbers() throws RecipeException {
        HndescRecipe recipe = (HndescRecipe) RecipeFile.parse(RecipeFile.text("hndesc"), "hndesc");
        assertEquals(new DescriptorNetwork(DescriptorNetwork.Backbone.FINE, Encoder.RESNET50, 128, 512, 256, false),
                recipe.network());
        assertEquals(CropPairMaker.Options.defaults(), recipe.data().crops());
        assertEquals(AveragePrecisionLoss.Options.defaults(), recipe.loss());
        assertEquals(new Optimisation(1e-4, 1, 0.5, 50_000, 16, 220_000), recipe.optimisation());
    }

    @ParameterizedTest
    @EnumSource(NegativeSource.class)
    void everySourceOfNegativesHasAName(NegativeSource source) throws RecipeException {
        String name = source.name().toLowerCase(Locale.ROOT).replace('_', '-');
        HndescRecipe recipe = (HndescRecipe) RecipeFile.parse(
                RecipeFile.text("hndesc").replace("source: in-batch", "source: " + name), "hndesc");
        assertEquals(source, recipe.loss().source());
    }

    @Test
    void theBackboneSaysWhatTheOtherKeysOfANetworkAre() throws RecipeException {
        String text = RecipeFile.text("hndesc").replaceAll("(?s)network:\n.*?data:\n", "network: {NETWORK}\ndata:\n");
        HndescRecipe recipe = (HndescRecipe) RecipeFile.parse(
                text.replace("NETWORK", "backbone: patch, dimension: 128, width: 32"), "hndesc");
        assertEquals(new PatchNetwork(PatchNetwork.Backbone.PATCH, 128, 32), recipe.network());
        String unknown = assertThrows(RecipeException.class, () -> RecipeFile.parse(
                text.replace("NETWORK", "backbone: patch, dimension: 128, widht: 32"), "my.yaml")).getMessage();
        assertTrue(unknown.contains("unknown key network.widht; did you mean width?"), unknown);
        for (String wrong : new String[] {"backbone: patch, dimension: 128", "backbone: vgg, dimension: 128",
            "dimension: 128, width: 32", "backbone: patch, dimension: 128, width: 32, encoder: resnet18"}) {
            String message = assertThrows(RecipeException.class, () -> RecipeFile.parse(text.replace("NETWORK", wrong),
                    "my.yaml")).getMessage();
            assertTrue(message.matches("my\\.yaml, line \\d+: network[^\n]*"), message);
        }
    }

    @Test
    void weightsOfAMixedRecipeAreReplacedInItsText() throws RecipeException {
        String text = RecipeFile.withWeights(RecipeFile.text("mixed-small"), "mixed-small", Map.of("cycle", 0.25));
        MixedRecipe before = (MixedRecipe) RecipeFile.parse(RecipeFile.text("mixed-small"), "mixed-small");
        MixedRecipe after = (MixedRecipe) RecipeFile.parse(text, "text");
        assertEquals(new MixedRecipe.Weights(before.weights().lineToWindow(), 0.25, 0,
                before.weights().averagePrecision(), before.weights().dualSoftmax(), 0, 0, 0, 0), after.weights());
        assertEquals(before.photos(), after.photos());
        assertEquals("'cycel' is no term of the loss: there are alignment, averagePrecision, cells, cycle, dualSoftmax,"
                        + " epipolarContrast, lineToWindow, posedReward, reward",
                assertThrows(IllegalArgumentException.class, () -> RecipeFile.withWeights(
                        RecipeFile.text("mixed-small"), "mixed-small", Map.of("cycel", 1.0))).getMessage());
        assertThrows(RecipeException.class, () -> RecipeFile.withWeights(RecipeFile.text("caps"), "caps", Map.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "method | sift | method is sift: it must be caps or hndesc or mixed or scfeat-descriptor or scfeat-detector",
        "width | 321 | width x height is 321x240: both must be multiples of 16",
        "height | 48 | both must be multiples of 16 from 64 to 4096",
        "queries | 0 | queries is 0: it must be 1 to 10000",
        "queries | 2.5 | data.queries",
        "queries | ~ | data.queries",
        "querySource | some | data.querySource",
        "encoder | vgg16 | network.encoder",
        "windowHalfSize | 0 | windowHalfSize is 0.0: it must be above 0, at most 1",
        "windowHalfSize | .nan | matching.windowHalfSize",
        "learningRate | 2 | learningRate is 2.0: it must be above 0, at most 1",
        "learningRate | fast | optimisation.learningRate",
        "encoderShare | 1.5 | encoderShare is 1.5: it must be 0 to 1",
        "referencePruning | perhaps | data.referencePruning",
        "validationShare | 1 | validationShare is 1.0: it must be at least 0, below 1",
        "logEvery | -1 | logEvery is -1",
        "logEvery | 99999999999 | schedule.logEvery",
        "hue | 0.6 | hue is 0.6: it must be 0 to 0.5 of a full turn",
        "zoom | 0.5 | zoom is 0.5: it must be 1 to 8",
        "spread | -1 | a loss weight is -1.0: it must be 0 or more",
        "zoom | [1, 2] | augmentation.warp.zoom",
        "seed | [1, 2] | seed",
        "seed | {a: 1} | seed",
    })
    void aValueThatCannotBeIsNamed(String key, String value, String expected) throws RecipeException {
        Matcher line = Pattern.compile("\\b" + key + ": [^,}\n]+").matcher(RecipeFile.text("caps-small"));
        assertTrue(line.find(), key);
        String problem = problem(line.group(), key + ": " + value);
        assertTrue(problem.contains(expected), problem);
    }

    @Test
    void aDuplicateKeyIsNamed() throws RecipeException {
        assertEquals("no valid YAML: Duplicate field 'seed'", problem("\nseed: 1", "\nseed: 1\nseed: 1"));
        assertEquals("no valid YAML: Duplicate field 'batch'", problem("  batch: 2", "  batch: 2\n  batch: 3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nothing\n", "just words", "[1, 2, 3]", "42", "~", "a: [1,", "\tseed: 1",
        "{", "%%%", "seed: 1\n  method: caps", "'open", "&a [*a]", "- a: 1\n- b: 2"})
    void whatIsNoRecipeIsRefusedInOneLine(String text) {
        String message = assertThrows(RecipeException.class, () -> RecipeFile.parse(text, "my.yaml")).getMessage();
        assertTrue(message.matches("my\\.yaml(, line \\d+)?: [^\n]+"), message);
    }

    @Test
    void filesThatCannotBeReadAreNamed(@TempDir Path folder) throws IOException {
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, 0, (byte) 0xd8, 3});
        assertEquals(binary + " is no text in UTF-8: give a YAML recipe", textProblem(binary));
        Path zeros = Files.write(folder.resolve("zeros.yaml"), new byte[100]);
        String text = RecipeFile.text(zeros.toString());
        assertTrue(assertThrows(RecipeException.class, () -> RecipeFile.parse(text, "zeros.yaml")).getMessage()
                .matches("zeros\\.yaml[^\\p{Cntrl}]+"));
        Path absent = folder.resolve("absent.yaml");
        assertEquals("there is no recipe " + absent + ": give a YAML file, or one of "
                + String.join(", ", RecipeFile.NAMES),
                textProblem(absent));
        assertTrue(textProblem(folder).startsWith("the recipe " + folder + " cannot be read: "));
    }

    private static String textProblem(Path file) {
        return assertThrows(RecipeException.class, () -> RecipeFile.text(file.toString())).getMessage();
    }

    private static String problem(String original, String changed) throws RecipeException {
        String text = RecipeFile.text("caps-small");
        assertTrue(text.contains(original), original);
        String broken = text.replace(original, changed);
        String message = assertThrows(RecipeException.class, () -> RecipeFile.parse(broken, "my.yaml")).getMessage();
        assertTrue(message.matches("my\\.yaml, line \\d+: [^\n]+"), message);
        return message.substring(message.indexOf(": ") + 2);
    }

    @Test
    void theNetworkIsReadWhateverTheOtherKeysAre() throws RecipeException {
        String text = RecipeFile.text("caps-small");
        assertEquals(RecipeFile.parse(text, "caps-small").caps().network(),
                RecipeFile.network(text.replace("encoderShare", "formerKey") + "extra: 1\n", "old"));
        assertTrue(assertThrows(RecipeException.class, () -> RecipeFile.network("seed: 1", "empty")).getMessage()
                .startsWith("empty: "));
    }
}
