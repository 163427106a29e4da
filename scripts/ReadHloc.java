import java.nio.file.Files;
import java.nio.file.Path;
import org.tiepoint.interop.hloc.HlocFeatures;
import org.tiepoint.interop.hloc.HlocMatches;
import org.tiepoint.interop.hloc.HlocMatchesWriter;
import org.tiepoint.interop.numpy.CapsFeatureFile;
import org.tiepoint.match.Matches;

/** For check-h5py.py: reads features into a folder of .npz files, or copies the matches of two known pairs. */
public final class ReadHloc {
    public static void main(String[] args) throws Exception {
        Path source = Path.of(args[1]);
        Path target = Path.of(args[2]);
        if (args[0].equals("features")) {
            try (HlocFeatures features = HlocFeatures.open(source)) {
                for (String image : features.images()) {
                    Path file = target.resolve(image + ".caps");
                    Files.createDirectories(file.getParent());
                    CapsFeatureFile.write(file, features.features(image));
                }
            }
            return;
        }
        try (HlocMatches from = HlocMatches.open(source); HlocMatchesWriter to = HlocMatchesWriter.open(target)) {
            String[][] pairs = {{"db/1.jpg", "q/2.jpg"}, {"x.jpg", "y.jpg"}};
            for (String[] pair : pairs) {
                Matches matches = from.matches(pair[0], pair[1]).orElseThrow();
                to.write(pair[0], pair[1], 40, matches);
            }
            to.finish();
        }
    }
}
