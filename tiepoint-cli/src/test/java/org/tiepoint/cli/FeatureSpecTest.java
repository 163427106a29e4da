package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tiepoint.feature.DetectorName;
import org.tiepoint.feature.Extractor;
import org.tiepoint.feature.Features;
import org.tiepoint.image.Image;
import org.tiepoint.image.TestImages;

class FeatureSpecTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "rootsift | rootsift | ROOTSIFT | ''",
        "RootSIFT:max=500 | RootSIFT:max=500 | ROOTSIFT | ''",
        "runs/small | runs/small | MODEL | runs/small",
        "compact-s:max=9 | compact-s:max=9 | MODEL | compact-s",
        "runs/a=b | runs/a=b | MODEL | runs/a=b",
        "two hours=runs/a=b | two hours | MODEL | runs/a=b",
        "C:\\models\\m.pth | C:\\models\\m.pth | MODEL | C:\\models\\m.pth",
        "C:\\models\\m.pth:max=9 | C:\\models\\m.pth:max=9 | MODEL | C:\\models\\m.pth",
        "D:/m/a=b | D:/m/a=b | MODEL | D:/m/a=b",
        "runs/3:1/m | runs/3:1/m | MODEL | runs/3:1/m",
        "/tmp/a:max=3/model | /tmp/a:max=3/model | MODEL | /tmp/a:max=3/model",
        "x=xfeat:C:\\p\\x.onnx:max=9 | x | XFEAT | C:\\p\\x.onnx",
        "alike:n.pt | alike:n.pt | ALIKE | n.pt",
        "h5:feats.h5 | h5:feats.h5 | H5 | feats.h5",
        "untrained:caps | untrained:caps | UNTRAINED | caps",
        "start=encoder:caps:r.safetensors | start | ENCODER | caps:r.safetensors",
    })
    void readsMethodsAndPaths(String written, String name, FeatureMethod method, String argument) {
        FeatureSpec spec = FeatureSpec.parse(written);
        assertEquals(name, spec.name());
        assertEquals(method, spec.method());
        assertEquals(argument, spec.argument());
    }

    @Test
    void readsOptions() throws IOException {
        FeatureSpec spec = FeatureSpec.parse("grid=rootsift:detector=grid,max=300:ratio=0.7");
        assertEquals("rootsift:detector=grid,max=300:ratio=0.7", spec.text());
        assertEquals(Optional.of(DetectorChoice.of(DetectorName.GRID)), spec.options().detector());
        assertEquals(OptionalInt.of(300), spec.options().maxKeypoints());
        assertEquals("mutual nearest neighbours with ratio 0.7", spec.matcher().orElseThrow().text());
        assertEquals(Optional.empty(), FeatureSpec.parse("orb").matcher());
        assertEquals("dual softmax of temperature 0.1 with probability from 0.2", FeatureSpec.parse(
                "orb:temperature=0.1,min-probability=0.2").matcher().orElseThrow().text());
        assertEquals("mutual nearest neighbours within distance 9.5", FeatureSpec.parse(
                "orb:matcher=distance,max-distance=9.5").matcher().orElseThrow().text());
    }

    @Test
    void readsAndSetsTheMode() {
        FeatureSpec plain = FeatureSpec.parse("runs/m.onnx:max=9");
        assertFalse(plain.isRotationInvariant());
        assertEquals(FeatureSpec.parse("runs/m.onnx:max=9:rotation-invariant=true"), plain.rotationInvariant());
        assertEquals("turned", FeatureSpec.parse("turned=runs/m.onnx").rotationInvariant().name());
        assertTrue(plain.rotationInvariant().isRotationInvariant());
        FeatureSpec said = FeatureSpec.parse("runs/m.onnx:rotation-invariant=false");
        assertFalse(said.rotationInvariant().isRotationInvariant());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "rootsift:detector=Random | ROOTSIFT | '' | random",
        "rootsift:detector=runs/scfeat | ROOTSIFT | '' | runs/scfeat",
        "rootsift:detector=./grid | ROOTSIFT | '' | ./grid",
        "rootsift:max=9,detector=runs/scfeat,ratio=0.9 | ROOTSIFT | '' | runs/scfeat",
        "rootsift:detector=runs/a=b:max=9 | ROOTSIFT | '' | runs/a=b",
        "rootsift:detector=runs/3:1/m:max=9 | ROOTSIFT | '' | runs/3:1/m",
        "rootsift:max=9:detector=runs/a,b/m,ratio=0.9 | ROOTSIFT | '' | runs/a,b/m",
        "rootsift:detector=C:\\runs\\d.safetensors | ROOTSIFT | '' | C:\\runs\\d.safetensors",
        "rootsift:detector=C:/runs/d:max=9 | ROOTSIFT | '' | C:/runs/d",
        "C:\\runs\\caps:detector=D:\\runs\\scfeat,max=9 | MODEL | C:\\runs\\caps | D:\\runs\\scfeat",
        "runs/caps:detector=/tmp/scfeat | MODEL | runs/caps | /tmp/scfeat",
        "runs/3:1/m:detector=/tmp/scfeat | MODEL | runs/3:1/m | /tmp/scfeat",
        "two=encoder:caps:C:\\e.pt:detector=C:\\d | ENCODER | caps:C:\\e.pt | C:\\d",
        "untrained:caps:detector=../d | UNTRAINED | caps | ../d",
    })
    void readsDetectorsThatArePaths(String written, FeatureMethod method, String argument, String detector)
            throws IOException {
        FeatureSpec spec = FeatureSpec.parse(written);
        assertEquals(method, spec.method());
        assertEquals(argument, spec.argument());
        assertEquals(detector, spec.options().detector().orElseThrow().text());
        assertEquals(written.contains("max=9") ? OptionalInt.of(9) : OptionalInt.empty(),
                spec.options().maxKeypoints());
        assertEquals(written.contains("ratio=0.9"), spec.matcher().isPresent());
    }

    @Test
    void readsTheTwoPartsOfAnEncoder() {
        assertEquals("r.yaml", FeatureSpecParser.encoderParts("r.yaml:C:\\e.safetensors")[0]);
        assertEquals("C:\\e.safetensors", FeatureSpecParser.encoderParts("r.yaml:C:\\e.safetensors")[1]);
        assertEquals("C:\\r.yaml", FeatureSpecParser.encoderParts("C:\\r.yaml:e.pt")[0]);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "rotsift | did you mean rootsift?",
        "compact-x | did you mean compact-s?",
        "xfaet:x.onnx | did you mean xfeat:FILE.onnx?",
        "xfeat | write xfeat:FILE.onnx",
        "xfeat::max=3 | write xfeat:FILE.onnx",
        "orb:file | write orb",
        "start=encoder:caps | write encoder:RECIPE:FILE",
        "rootsift:mx=3 | did you mean max?",
        "rootsift:max=0 | at least 1",
        "rootsift:max=many | at least 1",
        "rootsift:max=3,max=4 | twice",
        "rootsift:detector=gird | did you mean grid?",
        "rootsift:detector= | choose one of sift, random, grid, or a trained model's folder or file",
        "rootsift:detector=compact | choose one of sift, random, grid, or a trained model's folder or file",
        "rootsift:detector=runs/scfeat,mx=3 | did you mean max?",
        "rootsift:detector=a/b,detector=c/d | detector is given twice",
        "orb:detector=sift | its own key points",
        "orb:detector=runs/scfeat | its own key points",
        "rootsift:ratio=1.5 | ratio is 1.5",
        "rootsift:ratio=x | must be a number",
        "rootsift:matcher=mutal | did you mean mutual?",
        "rootsift:matcher=mutual,ratio=0.8 | ratio belongs to the matcher ratio",
        "rootsift:matcher=dual-sotfmax | did you mean dual-softmax?",
        "rootsift:temperature=0 | temperature is 0.0",
        "runs/m.onnx:rotation-invariant=yes | must be true or false",
        "rootsift:rotation-invariant=true | no exported model",
    })
    void refusesInOneLineWithTheRemedy(String written, String remedy) {
        var thrown = assertThrows(IllegalArgumentException.class, () -> FeatureSpec.parse(written));
        assertTrue(thrown.getMessage().contains(remedy) && thrown.getMessage().contains(written)
                && !thrown.getMessage().contains("\n"), thrown.getMessage());
    }

    @Test
    void aFileThatIsThereIsAModel() throws IOException {
        Path file = Files.createFile(folder.resolve("a:max=3"));
        assertEquals(file.toString(), FeatureSpec.parse(file.toString()).argument());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rootsift", "sift", "sift:detector=random", "orb", "akaze", "untrained:caps-small"})
    void opensWhatFindsAndDescribes(String written) throws IOException {
        Image image = TestImages.blobs(160, 120, 3);
        try (Extractor extractor = FeatureSpec.parse(written + ":max=20").open(2000)) {
            Features features = extractor.extract(image);
            assertTrue(features.keypoints().count() <= 20);
            assertEquals(extractor.dimension(), features.dimension());
        }
    }

    @Test
    void aMissingModelIsOneLine() {
        CommandRun run = CommandRun.of("match", "a.png", "b.png", "--model", "rotsift");
        assertEquals(2, run.exitCode());
        assertTrue(run.err().matches("tiepoint: [^\n]*did you mean rootsift\\?[^\n]*\n"), run.err());
    }
}
