package org.tiepoint.evaluation.retrieval;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.interop.numpy.NumpyArray;
import org.tiepoint.interop.numpy.PickledArrays;

/**
 * Reads the ground truth of Revisited Oxford and Paris (Radenović et al., CVPR 2018): {@code gnd_roxford5k.pkl}, a
 * pickled dictionary of {@code imlist} and {@code qimlist} (names without ending) and {@code gnd}, for each query a
 * dictionary of {@code bbx} (4 numbers) and {@code easy}, {@code hard} and {@code junk} (places in imlist, from 0), as
 * lists or numpy arrays. The pickle is read without executing anything ({@link PickledArrays}).
 */
public final class RevisitedTruth {
    private static final String ENDING = ".jpg";
    private static final String REMEDY = "; download the file again";

    private RevisitedTruth() {}

    /**
     * Reads a folder as it is published: the photos in {@code jpg/}, the truth in {@code gnd_*.pkl} beside it.
     *
     * @throws DatasetException naming the file and the field that does not fit
     */
    public static RetrievalSet read(Path folder) throws IOException {
        Path images = folder.resolve("jpg");
        if (!Files.isDirectory(images)) {
            throw new DatasetException(folder, "", "has no folder jpg: name the folder with jpg/ and gnd_*.pkl");
        }
        List<Path> truths = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "gnd_*.pkl")) {
            files.forEach(truths::add);
        }
        if (truths.size() != 1) {
            throw new DatasetException(folder, "", "has " + truths.size() + " files gnd_*.pkl, expected one: download"
                    + " gnd_roxford5k.pkl or gnd_rparis6k.pkl from cmp.felk.cvut.cz/revisitop");
        }
        return read(truths.get(0), images);
    }

    /**
     * Reads a file.
     *
     * @param images folder of the photos it names
     * @throws DatasetException naming the file and the field that does not fit
     */
    public static RetrievalSet read(Path file, Path images) throws DatasetException {
        Map<?, ?> root = map(file, "", PickledArrays.read(file));
        List<String> database = names(file, root, "imlist");
        List<String> photos = names(file, root, "qimlist");
        List<?> truths = list(file, "gnd", root.get("gnd"));
        if (truths.size() != photos.size() || database.isEmpty()) {
            throw new DatasetException(file, "gnd", "has " + truths.size() + " entries for " + photos.size()
                    + " queries in a database of " + database.size() + REMEDY);
        }
        List<RetrievalQuery> queries = new ArrayList<>();
        for (int i = 0; i < photos.size(); i++) {
            String where = "gnd[" + i + "]";
            Map<?, ?> truth = map(file, where, truths.get(i));
            double[] box = numbers(file, where + ".bbx", truth.get("bbx"));
            if (box.length != 4 || !(box[0] < box[2]) || !(box[1] < box[3])) {
                throw new DatasetException(file, where + ".bbx", "is no left, top, right, bottom" + REMEDY);
            }
            queries.add(new RetrievalQuery(photos.get(i), box, places(file, where, truth, "easy", database.size()),
                    places(file, where, truth, "hard", database.size()),
                    places(file, where, truth, "junk", database.size())));
        }
        return new RetrievalSet(images, database, queries);
    }

    private static List<String> names(Path file, Map<?, ?> root, String field) throws DatasetException {
        List<String> names = new ArrayList<>();
        for (Object name : list(file, field, root.get(field))) {
            if (!(name instanceof String text) || text.isEmpty() || text.contains("..") || text.startsWith("/")
                    || text.matches(".*\\p{Cntrl}.*")) {
                throw new DatasetException(file, field + "[" + names.size() + "]", "is no name of an image" + REMEDY);
            }
            names.add(text + ENDING);
        }
        return names;
    }

    private static int[] places(Path file, String where, Map<?, ?> truth, String field, int count)
            throws DatasetException {
        double[] numbers = numbers(file, where + "." + field, truth.get(field));
        int[] places = new int[numbers.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = (int) numbers[i];
            if (places[i] != numbers[i] || places[i] < 0 || places[i] >= count) {
                throw new DatasetException(file, where + "." + field, "holds " + numbers[i] + ", expected places from 0"
                        + " to " + (count - 1) + REMEDY);
            }
        }
        return places;
    }

    private static double[] numbers(Path file, String where, Object value) throws DatasetException {
        if (value instanceof NumpyArray array) {
            return array.toDoubles();
        }
        List<?> values = list(file, where, value);
        double[] numbers = new double[values.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!(values.get(i) instanceof Number number)) {
                throw new DatasetException(file, where, "holds something other than numbers" + REMEDY);
            }
            numbers[i] = number.doubleValue();
        }
        return numbers;
    }

    private static List<?> list(Path file, String where, Object value) throws DatasetException {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new DatasetException(file, where, (value == null ? "is missing" : "is no list") + REMEDY);
    }

    private static Map<?, ?> map(Path file, String where, Object value) throws DatasetException {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new DatasetException(file, where, "is no dictionary: this is no ground truth of revisitop" + REMEDY);
    }
}
