package org.tiepoint.evaluation.reconstruction;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.tiepoint.dataset.ImageFolder;
import org.tiepoint.dataset.pairs.NamePair;
import org.tiepoint.dataset.pairs.PairsFile;

/**
 * COLMAP's own SIFT with its own matching (mutual nearest neighbours, ratio 0.8) and verification, on the CPU.
 *
 * @param program      COLMAP
 * @param maxKeypoints an image
 * @param singleCamera whether one camera took all images
 */
public record ColmapSift(ColmapProgram program, int maxKeypoints, boolean singleCamera) implements FeatureSide {
    @Override
    public String name() {
        return "COLMAP SIFT";
    }

    @Override
    public String settings() {
        return "COLMAP's SIFT, at most " + maxKeypoints + " key points, its own matching and verification";
    }

    @Override
    public CpuMinutes extract(ImageFolder images, Path database, Path log) throws IOException {
        String gpu = program.option("feature_extractor", "--SiftExtraction.use_gpu", "--FeatureExtraction.use_gpu");
        return program.run(log, "feature_extractor", "--database_path", database.toString(), "--image_path",
                images.folder().toString(), "--ImageReader.single_camera", singleCamera ? "1" : "0", gpu, "0",
                "--SiftExtraction.max_num_features", Integer.toString(maxKeypoints));
    }

    @Override
    public CpuMinutes match(ImageFolder images, List<NamePair> pairs, Path database, Path log) throws IOException {
        Path list = log.resolveSibling("pairs.txt");
        PairsFile.write(list, pairs);
        String gpu = program.option("matches_importer", "--SiftMatching.use_gpu", "--FeatureMatching.use_gpu");
        return program.run(log, "matches_importer", "--database_path", database.toString(), "--match_list_path",
                list.toString(), "--match_type", "pairs", gpu, "0");
    }
}
