package org.tiepoint.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tiepoint.dataset.DatasetException;

/**
 * Reads sequences of images with true homographies, in the layout of HPatches (Balntas et al., CVPR 2017): folders
 * {@code i_*} and {@code v_*}, each with images {@code 1} to {@code 6} (of any format that is read; there may be fewer
 * or more) and text files {@code H_1_2} to {@code H_1_6} of 3 lines of 3 numbers. The pairs are image 1 against each
 * other one, their group is the sequence.
 */
public final class HomographySequences {
    /** The eight sequences that published results leave out: their images are too large for some methods. */
    public static final Set<String> OVERSIZED = Set.of("i_contruction", "i_crownnight", "i_dc", "i_pencils",
            "i_whitebuilding", "v_artisans", "v_astronautis", "v_talent");

    private static final Pattern SEQUENCE = Pattern.compile("[iv]_.+");
    private static final Pattern IMAGE = Pattern.compile("([1-9]\\d{0,3})\\.(png|jpe?g|p[bgp]m|tiff?|webp)");
    private static final Pattern HOMOGRAPHY = Pattern.compile("h_1_([1-9]\\d{0,3})");

    private HomographySequences() {}

    /**
     * Reads homographies and finds images, without opening them.
     *
     * @param all whether the sequences in {@link #OVERSIZED} are taken, too
     * @throws DatasetException naming the file, line and column
     */
    public static EvaluationSet read(Path folder, boolean all) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new DatasetException(folder, "", "is no folder: give the one that holds the sequences, folders"
                    + " called i_* and v_*");
        }
        List<Path> folders;
        try (Stream<Path> files = Files.list(folder)) {
            folders = files.filter(f -> SEQUENCE.matcher(f.getFileName().toString()).matches())
                    .filter(Files::isDirectory).sorted().toList();
        }
        if (folders.isEmpty()) {
            throw new DatasetException(folder, "", "holds no sequences: give the folder that holds folders called i_*"
                    + " and v_*");
        }
        List<EvaluationPair> pairs = new ArrayList<>();
        for (Path sequence : folders) {
            if (all || !OVERSIZED.contains(sequence.getFileName().toString())) {
                pairs.addAll(readSequence(sequence));
            }
        }
        if (pairs.isEmpty()) {
            throw new DatasetException(folder, "", "holds only sequences that published results leave out for their"
                    + " size: give --all to take them");
        }
        return new EvaluationSet(SetNames.of(folder), folder, pairs);
    }

    private static List<EvaluationPair> readSequence(Path folder) throws IOException {
        TreeMap<Integer, Path> images = numbered(folder, IMAGE);
        TreeMap<Integer, Path> homographies = numbered(folder, HOMOGRAPHY);
        Path reference = images.remove(1);
        if (reference == null) {
            throw new DatasetException(folder, "", "there is no image 1 (1.png, 1.ppm, ...): add it, or remove the"
                    + " folder");
        }
        if (homographies.isEmpty()) {
            throw new DatasetException(folder, "", "there is no homography (H_1_2, ...): add them, or remove the"
                    + " folder");
        }
        String sequence = folder.getFileName().toString();
        List<EvaluationPair> pairs = new ArrayList<>();
        for (int number : homographies.keySet()) {
            if (!images.containsKey(number)) {
                throw new DatasetException(homographies.get(number), "", "there is no image " + number + " in this"
                        + " folder: add it, or remove this file");
            }
            pairs.add(new EvaluationPair(sequence + "/1-" + number, sequence, image(sequence, reference),
                    image(sequence, images.remove(number)),
                    new PairTruth.Homography(readHomography(homographies.get(number)))));
        }
        if (!images.isEmpty()) {
            throw new DatasetException(images.firstEntry().getValue(), "", "there is no homography H_1_"
                    + images.firstKey() + " in this folder: add it, or remove the image");
        }
        return pairs;
    }

    private static SetImage image(String sequence, Path file) {
        return SetImage.upright(file, sequence + "/" + file.getFileName());
    }

    private static TreeMap<Integer, Path> numbered(Path folder, Pattern name) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(Files::isRegularFile).sorted().toList();
        }
        TreeMap<Integer, Path> found = new TreeMap<>();
        for (Path file : files) {
            Matcher matcher = name.matcher(file.getFileName().toString().toLowerCase(Locale.ROOT));
            if (matcher.matches()) {
                Path other = found.put(Integer.parseInt(matcher.group(1)), file);
                if (other != null) {
                    throw new DatasetException(file, "", "there is " + other.getFileName() + " beside it: remove one");
                }
            }
        }
        return found;
    }

    static double[] readHomography(Path file) throws IOException {
        List<NumberLine> lines = NumberLine.readAll(file);
        if (lines.size() != 3) {
            throw new DatasetException(file, "", "has " + lines.size() + " lines and needs 3 of 3 numbers each: the"
                    + " file may be cut; write it again");
        }
        double[] h = new double[9];
        for (int row = 0; row < 3; row++) {
            lines.get(row).requireColumns(3, "a row of the homography");
            System.arraycopy(lines.get(row).numbers(0, 3, "H[" + row + "]"), 0, h, 3 * row, 3);
        }
        double determinant = h[0] * (h[4] * h[8] - h[5] * h[7]) - h[1] * (h[3] * h[8] - h[5] * h[6])
                + h[2] * (h[3] * h[7] - h[4] * h[6]);
        if (determinant == 0 || !Double.isFinite(determinant)) {
            throw new DatasetException(file, "", "is no homography: its determinant is " + determinant
                    + "; write the file again");
        }
        return h;
    }
}
