package org.tiepoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tiepoint.dataset.CameraList;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.dataset.ImageFolder;
import org.tiepoint.geometry.Camera;
import org.tiepoint.image.ImageReader;
import org.tiepoint.image.ImageSize;
import org.tiepoint.localisation.Query;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The photos to localise, and their cameras. */
final class QueryOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = {"-q", "--queries"}, required = true, paramLabel = "DIR|LIST",
            description = "The photos: a folder, or a list with 'name MODEL width height parameters' a line, COLMAP's"
                    + " cameras, as hloc and the Aachen benchmark have it.")
    private Path queries;

    @Option(names = {"-i", "--images"}, paramLabel = "DIR",
            description = "Where the photos of a list lie (default: the list's folder).")
    private Optional<Path> images;

    @Option(names = {"-K", "--intrinsics"}, paramLabel = "K",
            description = "Cameras of a folder's photos: fx,fy,cx,cy in pixels for all of them, (0, 0) the centre of the"
                    + " top-left pixel; or a list as above.")
    private Optional<String> intrinsics;

    /**
     * The queries. A photo of a folder that cannot be read has a camera of one pixel: it fails when its turn comes.
     *
     * @throws DatasetException when a list cannot be used, or lacks a photo
     */
    List<Query> read() throws IOException {
        if (!Files.isDirectory(queries)) {
            if (intrinsics.isPresent()) {
                throw new ParameterException(spec.commandLine(), "--intrinsics is for a folder of queries: the list "
                        + queries + " has its own");
            }
            return listed(queries, images.orElse(queries.toAbsolutePath().getParent()));
        }
        String given = intrinsics.orElseThrow(() -> new ParameterException(spec.commandLine(), "a folder of queries"
                + " needs --intrinsics fx,fy,cx,cy or a list of cameras"));
        ImageFolder folder = ImageFolder.list(queries);
        if (given.matches("[-+.,;eE\\d\\s]+") && !Files.exists(Path.of(given))) {
            return ofOneCamera(folder, given);
        }
        Path file = Path.of(given);
        Map<String, Camera> cameras = CameraList.read(file);
        List<Query> read = new ArrayList<>();
        for (String name : folder.names()) {
            Camera camera = cameras.get(name);
            if (camera == null) {
                throw new DatasetException(file, "", "lists no camera for " + name + " of " + queries + ": add a line"
                        + " 'name MODEL width height parameters'");
            }
            read.add(new Query(name, folder.file(name), camera));
        }
        return read;
    }

    private static List<Query> listed(Path list, Path folder) throws IOException {
        List<Query> read = new ArrayList<>();
        for (Map.Entry<String, Camera> entry : CameraList.read(list).entrySet()) {
            read.add(new Query(entry.getKey(), folder.resolve(entry.getKey()), entry.getValue()));
        }
        if (read.isEmpty()) {
            throw new DatasetException(list, "", "lists no photo: write 'name MODEL width height parameters' a line");
        }
        return read;
    }

    private List<Query> ofOneCamera(ImageFolder folder, String text) {
        Intrinsics one;
        try {
            one = new Intrinsics.Converter().convert(text);
        } catch (TypeConversionException e) {
            throw new ParameterException(spec.commandLine(), "--intrinsics: " + e.getMessage(), e);
        }
        List<Query> read = new ArrayList<>();
        for (String name : folder.names()) {
            ImageSize size;
            try {
                size = ImageReader.size(folder.file(name));
            } catch (IOException e) {
                size = new ImageSize(1, 1);
            }
            read.add(new Query(name, folder.file(name), Intrinsics.camera(one.left(), size.width(), size.height())));
        }
        return read;
    }
}
