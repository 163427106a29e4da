package org.tiepoint.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.network.Encoder;
import org.tiepoint.network.FusionNetwork;
import org.tiepoint.network.ResUNet;
import org.tiepoint.tensor.Device;
import org.tiepoint.tensor.NoGradient;
import org.tiepoint.tensor.Tensor;
import org.tiepoint.tensor.TensorScope;
import org.tiepoint.testing.SharedFiles;

class EncoderWeightsTest {
    private static final int OUT = 256;

    @TempDir
    Path folder;

    private static ResUNet network(boolean frozen) {
        return new ResUNet(options(frozen), 1, Device.CPU);
    }

    private static ResUNet.Options options(boolean frozen) {
        return new ResUNet.Options(Encoder.RESNET18, OUT, 8, 12, 10, frozen);
    }

    /** The folded encoder is convolutions with bias: computed plainly here, and read off the coarse map there. */
    @Test
    void aFoldedFileIsConvolutionsWithBias() throws IOException {
        try (TensorScope scope = new TensorScope();
                NoGradient noGradient = new NoGradient();
                ResUNet network = network(true)) {
            Map<String, StoredTensor> folded = folded(network);
            EncoderWeights.load(write(folded), network);
            showLayer3AsCoarseMap(network);
            Tensor image = Tensor.of(noise(3 * 48 * 64, 2), 1, 3, 48, 64);
            float[] expected = plainly(folded, image).toFloats();
            float[] actual = network.apply(image, false).coarse().toFloats();
            float largest = 0;
            for (float value : expected) {
                largest = Math.max(largest, value);
            }
            assertTrue(largest > 0.1);
            assertArrayEquals(expected, actual, 1e-4f * largest);
        }
    }

    @Test
    void aFoldedFileNeedsFrozenStatistics() throws IOException {
        try (ResUNet network = network(false)) {
            Path file = write(folded(network));
            assertEquals(file + ", conv1.bias: the batch normalisation is folded into the convolutions, so batch"
                    + " statistics would undo it: set network.freezeEncoderStatistics to true in the recipe",
                    problem(file, network));
        }
    }

    /** torchvision's names, with the layers beyond the encoder, in both formats. */
    @Test
    void aPublishedFileSetsTheEncoderAlone() throws IOException {
        try (ResUNet before = network(false)) {
            Map<String, StoredTensor> published = published(before);
            Path safe = write(published);
            Path pickled = LegacyStateDict.write(folder.resolve("resnet18.pth"), "", published);
            for (Path file : new Path[] {safe, pickled}) {
                try (ResUNet network = network(false)) {
                    EncoderWeights.load(file, network);
                    network.parameters().all().forEach((name, tensor) -> assertArrayEquals(
                            ResUNet.isEncoder(name) ? published.get(publishedName(name)).toFloats()
                                    : before.parameters().all().get(name).toFloats(), tensor.toFloats(), name));
                }
            }
        }
    }

    @Test
    void anotherResNetIsRefusedAndNothingSet() throws IOException {
        try (ResUNet network = network(false); ResUNet before = network(false)) {
            Map<String, StoredTensor> values = published(network);
            values.remove("layer3.1.bn2.running_var");
            Path missing = write(values);
            assertEquals(missing + ", layer3.1.bn2.running_var: is missing: the file belongs to another network; use"
                    + " the recipe that it was trained with", problem(missing, network));
            values = published(network);
            values.put("layer2.0.conv1.weight", StoredTensor.ofFloats(new long[] {128, 64, 1, 1}, new float[8192]));
            Path shaped = write(values);
            assertEquals(shaped + ", layer2.0.conv1.weight: has the shape [128, 64, 1, 1], the network needs"
                    + " [128, 64, 3, 3]: use the recipe that it was trained with", problem(shaped, network));
            network.parameters().all().forEach((name, tensor) -> assertArrayEquals(
                    before.parameters().all().get(name).toFloats(), tensor.toFloats(), name));
            Path text = Files.writeString(folder.resolve("weights.pth"), "no weights");
            assertTrue(problem(text, network).startsWith(text + ": is no file of torch.save"));
            Path absent = folder.resolve("absent.safetensors");
            assertTrue(problem(absent, network).startsWith(absent.toString()));
        }
    }

    /** SCFeat's encoder is CAPS's: the same file gives the same last map, and needs frozen statistics too. */
    @Test
    void aFusionNetworksEncoderTakesAFoldedFile() throws IOException {
        FusionNetwork.Options frozen = new FusionNetwork.Options(Encoder.RESNET18, 32, 32, 32, true);
        FusionNetwork.Options moving = new FusionNetwork.Options(Encoder.RESNET18, 32, 32, 32, false);
        try (TensorScope scope = new TensorScope();
                NoGradient noGradient = new NoGradient();
                ResUNet source = network(true);
                FusionNetwork network = new FusionNetwork(frozen, 1, Device.CPU);
                FusionNetwork other = new FusionNetwork(moving, 1, Device.CPU)) {
            Map<String, StoredTensor> folded = folded(source);
            Path file = write(folded);
            EncoderWeights.load(file, network.parameters(), true);
            Tensor image = Tensor.of(noise(3 * 48 * 64, 2), 1, 3, 48, 64);
            assertArrayEquals(plainly(folded, image).toFloats(), network.apply(image, true).deep().toFloats(), 1e-3f);
            assertTrue(assertThrows(CheckpointException.class, () -> EncoderWeights.load(file,
                    other.parameters(), false)).getMessage()
                    .contains("freezeEncoderStatistics"));
        }
    }

    @Test
    void theSharedImageNetEncoderLoads() throws IOException {
        Path file = SharedFiles.data("backbone/resnet18-imagenet-folded.safetensors");
        try (TensorScope scope = new TensorScope();
                NoGradient noGradient = new NoGradient();
                ResUNet network = network(true)) {
            EncoderWeights.load(file, network);
            showLayer3AsCoarseMap(network);
            Tensor image = Tensor.of(noise(3 * 32 * 32, 3), 1, 3, 32, 32);
            float[] expected = plainly(SafeTensors.read(file).tensors(), image).toFloats();
            assertArrayEquals(expected, network.apply(image, false).coarse().toFloats(), 1e-3f);
        }
    }

    /** Makes the coarse map a copy of the encoder's last layer: its convolution passes every channel on. */
    private static void showLayer3AsCoarseMap(ResUNet network) {
        float[] identity = new float[OUT * OUT];
        for (int i = 0; i < OUT; i++) {
            identity[i * (OUT + 1)] = 1;
        }
        network.parameters().learned().get("conv_coarse.conv.weight").assign(Tensor.of(identity, OUT, OUT, 1, 1));
        network.parameters().learned().get("conv_coarse.conv.bias").assign(Tensor.zeros(OUT));
    }

    private static Tensor plainly(Map<String, StoredTensor> folded, Tensor image) {
        Tensor x = convolve(folded, image, "conv1", 2, 3).relu().maxPool(3, 2, 1);
        for (int layer = 1; layer <= 3; layer++) {
            for (int block = 0; block < 2; block++) {
                String name = "layer" + layer + "." + block;
                int stride = layer > 1 && block == 0 ? 2 : 1;
                Tensor shortcut = stride == 2 ? convolve(folded, x, name + ".downsample.0", 2, 0) : x;
                Tensor y = convolve(folded, x, name + ".conv1", stride, 1).relu();
                x = convolve(folded, y, name + ".conv2", 1, 1).add(shortcut).relu();
            }
        }
        return x;
    }

    private static Tensor convolve(Map<String, StoredTensor> folded, Tensor x, String name, int stride, int padding) {
        StoredTensor weight = folded.get(name + ".weight");
        StoredTensor bias = folded.get(name + ".bias");
        return x.convolve(Tensor.of(weight.toFloats(), weight.shape()),
                Optional.of(Tensor.of(bias.toFloats(), bias.shape())), stride, padding);
    }

    /** Drawn weights and biases of the encoder's convolutions. */
    private static Map<String, StoredTensor> folded(ResUNet network) {
        Map<String, StoredTensor> values = new LinkedHashMap<>();
        network.parameters().learned().forEach((name, tensor) -> {
            if (ResUNet.isEncoder(name) && tensor.shape().length == 4) {
                String published = publishedName(name);
                values.put(published, StoredTensor.ofFloats(tensor.shape(), tensor.toFloats()));
                int out = (int) tensor.shape()[0];
                values.put(published.replace(".weight", ".bias"),
                        StoredTensor.ofFloats(new long[] {out}, noise(out, published.hashCode())));
            }
        });
        return values;
    }

    private static Map<String, StoredTensor> published(ResUNet network) {
        Map<String, StoredTensor> values = new LinkedHashMap<>();
        network.parameters().all().forEach((name, tensor) -> {
            if (ResUNet.isEncoder(name)) {
                values.put(publishedName(name),
                        StoredTensor.ofFloats(tensor.shape(), noise((int) tensor.count(), name.hashCode())));
            }
        });
        values.put("layer4.0.conv1.weight", StoredTensor.ofFloats(new long[] {2, 3, 1, 1}, new float[6]));
        values.put("fc.bias", StoredTensor.ofFloats(new long[] {4}, new float[4]));
        return values;
    }

    private static String publishedName(String name) {
        return name.replace("firstconv", "conv1").replace("firstbn", "bn1");
    }

    private Path write(Map<String, StoredTensor> values) throws IOException {
        Path file = Files.createTempFile(folder, "encoder", ".safetensors");
        new SafeTensors(values, Map.of()).write(file);
        return file;
    }

    private static String problem(Path file, ResUNet network) {
        return assertThrows(CheckpointException.class, () -> EncoderWeights.load(file, network)).getMessage();
    }

    private static float[] noise(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
        }
        return values;
    }
}
