package org.tiepoint.evaluation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.testing.Fuzz;

/** Damaged pair lists, homographies and indices: documented exceptions, bounded memory, no hang. */
class ReadersFuzzTest {
    private static final int CI = 400;
    private static final long MEGABYTE = 1 << 20;
    private static final String K = " 500 0 320 0 510 240 0 0 1";
    private static final String T = " 0 -1 0 0.5 1 0 0 0.25 0 0 1 -2 0 0 0 1\n";

    @TempDir
    Path folder;

    @BeforeEach
    void writePhotos() throws IOException {
        Files.createDirectory(folder.resolve("images"));
        Files.createFile(folder.resolve("images/a.jpg"));
        Files.createFile(folder.resolve("images/b.jpg"));
        IndexFiles.megaDepthPhotos(folder);
        IndexFiles.scanNetScene(folder);
    }

    @Test
    void pairsFiles() throws IOException {
        String pairs = "a.jpg b.jpg 0 1" + K + K + T + "b.jpg a.jpg 2 3" + K + K + T;
        run("pairs_with_gt.txt", pairs, file -> SuperGluePairs.read(folder, file));
    }

    @Test
    void homographies() throws IOException {
        run("H_1_2", "0.87976964 0.31245438 -39.430589\n-0.18389418 0.93847198 153.15784\n0.00019641425 -1.6e-05 1\n",
                HomographySequences::readHomography);
    }

    @Test
    void capsLists() throws IOException {
        String cameras = "a.jpg 640 480 500 510 320 240 1 0 0 0 1 0 0 0 1 0 0 0\n"
                + "b.jpg 640 480 500 510 320 240 1 0 0 0 1 0 0 0 1 1 2 3\n";
        Path pairs = Files.writeString(folder.resolve("fuzz-img_cam.txt.pairs"), "a.jpg b.jpg\n");
        Path good = Files.writeString(folder.resolve("img_cam.txt"), cameras);
        run("img_cam.txt", cameras, file -> CapsPairs.read(folder, file, pairs));
        run("pairs.txt", "a.jpg b.jpg\nb.jpg a.jpg\n", file -> CapsPairs.read(folder, good, file));
    }

    @Test
    void megaDepthIndices() throws IOException {
        new Fuzz(DatasetException.class, 100 * MEGABYTE).run("0015.npz", List.of(IndexFiles.megaDepth()),
                Fuzz.count(CI), folder, file -> MegaDepthIndex.read(file, folder, 0));
    }

    @Test
    void scanNetIndices() throws IOException {
        Path pairs = Files.write(folder.resolve("test.npz"), IndexFiles.scanNetPairs());
        Path intrinsics = Files.write(folder.resolve("intrinsics.npz"), IndexFiles.scanNetIntrinsics());
        Fuzz fuzz = new Fuzz(DatasetException.class, 100 * MEGABYTE);
        fuzz.run("test.npz", List.of(IndexFiles.scanNetPairs()), Fuzz.count(CI), folder,
                file -> ScanNetIndex.read(file, intrinsics, folder));
        fuzz.run("intrinsics.npz", List.of(IndexFiles.scanNetIntrinsics()), Fuzz.count(CI), folder,
                file -> ScanNetIndex.read(pairs, file, folder));
    }

    @Test
    void predictions() throws IOException {
        Path good = folder.resolve("good.npz");
        PredictionFile.write(good, Predictions.inOrder(new float[] {1, 2, 3, 4}, new float[] {5, 6, 7, 8, 9, 10}));
        new Fuzz(DatasetException.class, 100 * MEGABYTE).run("prediction.npz", List.of(Files.readAllBytes(good)),
                Fuzz.count(CI), folder, PredictionFile::read);
    }

    private void run(String name, String text, Fuzz.Reader reader) throws IOException {
        new Fuzz(DatasetException.class, 10 * MEGABYTE).run(name, List.of(text.getBytes(StandardCharsets.UTF_8)),
                Fuzz.count(CI), folder, reader);
    }
}
