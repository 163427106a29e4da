package org.tiepoint.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Index files in LoFTR's forms, made by numpy's savez, and the empty photos that they name. */
final class IndexFiles {
    private IndexFiles() {}

    /** Photos 0, 2 and 3 (1 is None) and the pairs (0, 2) and (2, 3). */
    static byte[] megaDepth() throws IOException {
        return bytes("megadepth.npz");
    }

    /** Frames 15 and 585, 15 and 30 of scene0707_00. */
    static byte[] scanNetPairs() throws IOException {
        return bytes("scannet-test.npz");
    }

    static byte[] scanNetIntrinsics() throws IOException {
        return bytes("scannet-intrinsics.npz");
    }

    static void megaDepthPhotos(Path folder) throws IOException {
        Path images = Files.createDirectories(folder.resolve("Undistorted_SfM/0015/images"));
        for (String name : new String[] {"a.jpg", "b.jpg", "c.jpg"}) {
            Files.createFile(images.resolve(name));
        }
    }

    /** Poses: the camera of frame n stands at (n, 0, 0). */
    static void scanNetScene(Path folder) throws IOException {
        Path color = Files.createDirectories(folder.resolve("scene0707_00/color"));
        Path pose = Files.createDirectories(folder.resolve("scene0707_00/pose"));
        for (int frame : new int[] {15, 30, 585}) {
            Files.createFile(color.resolve(frame + ".jpg"));
            Files.writeString(pose.resolve(frame + ".txt"), "1 0 0 " + frame + "\n0 1 0 0\n0 0 1 0\n0 0 0 1\n");
        }
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = IndexFiles.class.getResourceAsStream(name + ".base64")) {
            return Base64.getMimeDecoder().decode(in.readAllBytes());
        }
    }
}
