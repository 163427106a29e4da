package org.tiepoint.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReaderTest {
    @TempDir
    Path folder;

    private final Image picture = TestImages.blobs(53, 37, 1);

    @ParameterizedTest
    @ValueSource(strings = {".png", ".webp", ".tiff", ".ppm"})
    void readsLosslessFormatsToTheByte(String extension) throws IOException {
        Image read = ImageReader.read(write("a" + extension, TestImages.encode(picture, extension)));
        assertEquals(picture.width(), read.width());
        assertArrayEquals(picture.rgb(), read.rgb());
    }

    @Test
    void readsJpegUnderAnyName() throws IOException {
        Image read = ImageReader.read(write("a.png", TestImages.encode(picture, ".jpg")));
        assertTrue(TestImages.largestDifference(picture, read) <= 12);
    }

    @ParameterizedTest
    @CsvSource({".jpg,12", ".png,0", ".webp,0", ".tiff,0"})
    void turnsEveryOrientationUpright(String extension, int tolerance) throws IOException {
        for (int orientation = 1; orientation <= 8; orientation++) {
            Image stored = TestImages.stored(picture, orientation);
            Path file = write("o" + orientation + extension,
                    TestImages.withOrientation(stored, extension, orientation));
            Image upright = ImageReader.read(file);
            String label = extension + " orientation " + orientation;
            assertEquals(picture.width(), upright.width(), label);
            assertTrue(TestImages.largestDifference(picture, upright) <= tolerance, label);
            Image asStored = ImageReader.readStored(file);
            assertEquals(stored.width(), asStored.width(), label);
            assertTrue(TestImages.largestDifference(stored, asStored) <= tolerance, label);
            assertEquals(new ImageSize(53, 37), ImageReader.size(file), label);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".png", ".tiff"})
    void scalesSixteenBitsToEight(String extension) throws IOException {
        short[] levels = {0, 257, (short) 300, (short) 32767, (short) 65535, (short) 65534};
        try (Mat mat = new Mat(2, 3, opencv_core.CV_16U)) {
            mat.data().put(shorts(levels));
            Image read = ImageReader.read(write("deep" + extension, TestImages.encode(mat, extension)));
            assertArrayEquals(new int[] {0, 0, 0, 1, 1, 1, 1, 1, 1, 127, 127, 127, 255, 255, 255, 255, 255, 255},
                    unsigned(read.rgb()));
        }
    }

    @Test
    void repeatsGreyInThreeChannels() throws IOException {
        try (Mat mat = new Mat(1, 2, opencv_core.CV_8U)) {
            mat.data().put(new byte[] {7, (byte) 200});
            Image read = ImageReader.read(write("grey.png", TestImages.encode(mat, ".png")));
            assertArrayEquals(new int[] {7, 7, 7, 200, 200, 200}, unsigned(read.rgb()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".png", ".webp"})
    void putsTransparentPixelsOnWhite(String extension) throws IOException {
        try (Mat bgra = new Mat(1, 3, opencv_core.CV_8UC4)) {
            bgra.data().put(new byte[] {10, 20, 30, (byte) 255, 100, 0, 50, (byte) 128, 1, 2, 3, 1});
            Image read = ImageReader.read(write("alpha" + extension, TestImages.encode(bgra, extension)));
            assertArrayEquals(new int[] {30, 20, 10, 152, 127, 177, 254, 254, 254}, unsigned(read.rgb()));
        }
    }

    @Test
    void refusesJpegCutAnywhere() throws IOException {
        byte[] jpeg = TestImages.withOrientation(picture, ".jpg", 1);
        for (int length = 3; length < jpeg.length; length += 1 + length / 20) {
            String message = refusal(write("cut.jpg", Arrays.copyOf(jpeg, length)));
            assertTrue(message.contains("cut short"), length + ": " + message);
        }
        byte[] zeroTail = Arrays.copyOf(Arrays.copyOf(jpeg, jpeg.length / 2), jpeg.length);
        assertTrue(refusal(write("zeros.jpg", zeroTail)).contains("cut short"));
    }

    @Test
    void refusesOtherFormatsCutAnywhere() throws IOException {
        for (String extension : new String[] {".png", ".webp", ".tiff", ".ppm"}) {
            byte[] whole = TestImages.withOrientationOrPlain(picture, extension);
            for (int length = 12; length < whole.length; length += 1 + length / 10) {
                Path file = write("cut" + extension, Arrays.copyOf(whole, length));
                String message = refusal(file);
                assertTrue(message.contains("cut short") || message.contains("damaged"), length + ": " + message);
            }
        }
    }

    @Test
    void readsJpegWithBytesAfterItsEnd() throws IOException {
        byte[] jpeg = TestImages.encode(picture, ".jpg");
        Image plain = ImageReader.read(write("plain.jpg", jpeg));
        byte[] longer = TestImages.join(jpeg, new byte[4096], TestImages.ascii("MotionPhoto_Data"), jpeg);
        assertArrayEquals(plain.rgb(), ImageReader.read(write("longer.jpg", longer)).rgb());
    }

    @Test
    void isNotFooledByTheEndMarkerOfAPreview() throws IOException {
        byte[] preview = TestImages.encode(TestImages.blobs(8, 8, 2), ".jpg");
        byte[] segment = TestImages.join(new byte[] {(byte) 0xFF, (byte) 0xE2, (byte) (preview.length + 2 >> 8),
            (byte) (preview.length + 2)}, preview);
        byte[] jpeg = TestImages.encode(picture, ".jpg");
        byte[] whole = TestImages.join(Arrays.copyOf(jpeg, 2), segment, Arrays.copyOfRange(jpeg, 2, jpeg.length));
        assertArrayEquals(ImageReader.read(write("plain.jpg", jpeg)).rgb(),
                ImageReader.read(write("preview.jpg", whole)).rgb());
        assertTrue(refusal(write("cut.jpg", Arrays.copyOf(whole, whole.length - 40))).contains("cut short"));
    }

    @Test
    void refusesWhatIsNoImage() throws IOException {
        assertTrue(refusal(write("empty.jpg", new byte[0])).contains("empty (0 bytes)"));
        assertTrue(refusal(write("text.jpg", TestImages.ascii("hello, world"))).contains("not an image"));
        assertTrue(refusal(write("two.jpg", new byte[] {(byte) 0xFF, (byte) 0xD8})).contains("not an image"));
        assertTrue(refusal(folder.resolve("missing.jpg")).contains("no such file"));
        assertTrue(refusal(folder).contains("folder"));
    }

    @Test
    void refusesABitFlippedPng() throws IOException {
        byte[] png = TestImages.encode(picture, ".png");
        png[png.length / 2] ^= 4;
        assertTrue(refusal(write("flipped.png", png)).contains("checksum"));
    }

    @Test
    void refusesHugeImagesBeforeDecodingThem() throws IOException {
        byte[] png = TestImages.encode(picture, ".png");
        byte[] header = Arrays.copyOfRange(png, 16, 29);
        ByteBuffer.wrap(header).putInt(20000).putInt(20000);
        byte[] huge = TestImages.join(Arrays.copyOf(png, 8), TestImages.pngChunk("IHDR", header),
                Arrays.copyOfRange(png, 33, png.length));
        Path file = write("huge.png", huge);
        assertEquals(file + ": 20000 x 20000 pixels are 400 megapixels, more than the limit of 200: scale the image"
                + " down first", refusal(file));
        byte[] jpeg = TestImages.encode(picture, ".jpg");
        int frame = IntStream.range(0, jpeg.length).filter(i -> jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xC0)
                .findFirst().orElseThrow();
        ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 20000).putShort(frame + 7, (short) 20000);
        assertTrue(refusal(write("huge.jpg", jpeg)).contains("400 megapixels"));
        assertTrue(refusal(write("huge.ppm", TestImages.ascii("P6 20000 20000 255\n"))).contains("400 megapixels"));
        byte[] tiff = TestImages.rgbTiff(picture, 1);
        ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN).putInt(18, 20000).putInt(30, 20000);
        assertTrue(refusal(write("huge.tif", tiff)).contains("400 megapixels"));
    }

    @Test
    void takesAnotherLimit() throws IOException {
        Path file = write("a.png", TestImages.encode(picture, ".png"));
        assertEquals(53, ImageReader.read(file, 53 * 37).width());
        assertThrows(ImageException.class, () -> ImageReader.read(file, 53 * 37 - 1));
    }

    private String refusal(Path file) {
        String message = assertThrows(ImageException.class, () -> ImageReader.read(file)).getMessage();
        assertTrue(message.startsWith(file + ": ") && message.lines().count() == 1, message);
        return message;
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static byte[] shorts(short[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(2 * values.length).order(ByteOrder.nativeOrder());
        buffer.asShortBuffer().put(values);
        return buffer.array();
    }

    private static int[] unsigned(byte[] bytes) {
        return IntStream.range(0, bytes.length).map(i -> bytes[i] & 0xFF).toArray();
    }
}
