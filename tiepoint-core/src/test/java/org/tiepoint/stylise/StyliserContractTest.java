package org.tiepoint.stylise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageReader;
import org.tiepoint.image.ImageResizer;
import org.tiepoint.testing.SharedFiles;

/** What every styliser keeps to. */
class StyliserContractTest {
    private static final String[] PHOTOS = {"posed/colmap/southbuilding/images/P1180143.jpg",
        "posed/nerf/giza/images/frame_00009.jpg", "posed/colmap/saharov32/images/IMG_3025.jpg",
        "posed/colmap/office/images/1_3.jpg"};
    private static final String EXEMPLAR = "posed/rgbd/kitchen/frame-000152.color.jpg";

    static Stream<Arguments> stylisers() {
        ColourTransport towardsRed = ColourTransport.towards(List.of(tinted()));
        return Stream.concat(Stream.of(Arguments.of("transport", towardsRed),
                Arguments.of("either", new EitherStyliser(towardsRed, Relighting.any(), 0.5))),
                Arrays.stream(Light.values()).map(light ->
                        Arguments.of(light.name(), new Relighting(List.of(light)))));
    }

    /** A reddish picture of little contrast. */
    private static Image tinted() {
        byte[] rgb = new byte[3 * 64 * 48];
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) (150 + i / 3 % 7 * 10);
            rgb[i + 1] = (byte) (70 + i / 3 % 5 * 9);
            rgb[i + 2] = (byte) (50 + i / 3 % 11 * 4);
        }
        return new Image(64, 48, rgb);
    }

    /** Boards of many greys in front of a plain ground. */
    private static Image boards(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++) {
            int x = i % width;
            int y = i / width;
            int board = x / 16 % 2 == y / 16 % 2 ? 0 : 1 + (x / 16 * 31 + y / 16 * 17) % 7;
            rgb[3 * i] = (byte) (60 + 25 * board);
            rgb[3 * i + 1] = (byte) (70 + 20 * board);
            rgb[3 * i + 2] = (byte) (50 + 22 * board);
        }
        return new Image(width, height, rgb);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stylisers")
    void aSeedGivesTheSameCopyOfTheSameSize(String name, Styliser styliser) {
        for (int[] size : new int[][] {{97, 61}, {40, 120}, {3, 2}, {1, 1}}) {
            Image photo = boards(size[0], size[1]);
            byte[] before = photo.rgb().clone();
            Image copy = styliser.stylise(photo, 5);
            assertEquals(size[0], copy.width());
            assertEquals(size[1], copy.height());
            assertArrayEquals(copy.rgb(), styliser.stylise(photo, 5).rgb());
            assertArrayEquals(before, photo.rgb(), "the original is untouched");
            assertFalse(size[0] > 3 && Arrays.equals(before, copy.rgb()), "something changes");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stylisers")
    void edgesStay(String name, Styliser styliser) {
        Image photo = boards(160, 112);
        for (int seed = 0; seed < 3; seed++) {
            // lamps are edges of their own
            assertEdgesStay(EdgeAgreement.of(photo, styliser.stylise(photo, seed)), 0.08, name + " seed " + seed);
        }
    }

    @Test
    void edgesOfRealPhotosStay() throws IOException {
        ColourTransport transport = ColourTransport.towards(List.of(ImageReader.read(SharedFiles.data(EXEMPLAR))));
        Relighting[] lights = Arrays.stream(Light.values()).map(light -> new Relighting(List.of(light)))
                .toArray(Relighting[]::new);
        for (String name : PHOTOS) {
            Image whole = ImageReader.read(SharedFiles.data(name));
            Image photo = ImageResizer.resize(whole, whole.width() / 2, whole.height() / 2);
            assertEdgesStay(EdgeAgreement.of(photo, transport.stylise(photo, 1)), 0.01, name);
            for (Relighting light : lights) {
                assertEdgesStay(EdgeAgreement.of(photo, light.stylise(photo, 3)), 0.01, name + " relit");
            }
        }
    }

    private static void assertEdgesStay(EdgeAgreement agreement, double mostInvented, String what) {
        assertTrue(agreement.orientation() > 0.98, what + ": " + agreement);
        assertTrue(agreement.kept() > 0.99, what + ": " + agreement);
        assertTrue(agreement.invented() < mostInvented, what + ": " + agreement);
        assertEquals(0, agreement.shiftX(), what + ": " + agreement);
        assertEquals(0, agreement.shiftY(), what + ": " + agreement);
    }

    /** The measure itself: it must see a picture that moved by a pixel, and one of another scene. */
    @Test
    void theMeasureSeesAShiftAndOtherEdges() {
        Image photo = boards(160, 112);
        byte[] moved = photo.rgb().clone();
        System.arraycopy(photo.rgb(), 0, moved, 3, moved.length - 3);
        assertEquals(1, EdgeAgreement.of(photo, new Image(160, 112, moved)).shiftX());
        Image turned = ImageResizer.resize(boards(90, 230), 160, 112);
        assertTrue(EdgeAgreement.of(photo, turned).kept() < 0.7);
    }
}
