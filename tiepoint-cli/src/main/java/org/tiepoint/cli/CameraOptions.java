package org.tiepoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tiepoint.dataset.PosedCollection;
import org.tiepoint.dataset.PosedCollections;
import org.tiepoint.geometry.CameraModel;
import org.tiepoint.interop.colmap.CameraSource;
import org.tiepoint.interop.colmap.ColmapDatabase;
import org.tiepoint.interop.colmap.ColmapSchema;
import org.tiepoint.interop.colmap.FeatureStore;
import org.tiepoint.interop.colmap.ImageEnrolment;
import org.tiepoint.interop.colmap.ImageEnrolment.CameraSharing;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What a COLMAP database says of the cameras, and which tables a new one has. */
final class CameraOptions {
    private static final String COLMAP_3 = "3.8";
    private static final String COLMAP_4 = "4";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--camera-model", paramLabel = "NAME", defaultValue = "SIMPLE_RADIAL",
            description = "Lens model of new cameras in the database: SIMPLE_PINHOLE, PINHOLE, SIMPLE_RADIAL, RADIAL,"
                    + " OPENCV, OPENCV_FISHEYE or FULL_OPENCV (default: SIMPLE_RADIAL).")
    private CameraModel model;

    @Option(names = "--camera-params", paramLabel = "P,P,...",
            description = "Their parameters, as COLMAP takes them: focal lengths, principal point, distortion. Without"
                    + " this the focal length comes from EXIF, or is guessed at 1.2 times the longer side.")
    private Optional<String> parameters;

    @Option(names = "--single-camera", description = "All images were taken by one camera.")
    private boolean single;

    @Option(names = "--cameras", paramLabel = "DIR",
            description = "Take the cameras from a scene with known poses, as COLMAP and others lay it out.")
    private Optional<Path> scene;

    @Option(names = "--schema", paramLabel = "VERSION", defaultValue = COLMAP_3,
            description = "Tables of a new database: 3.8, which every COLMAP reads, or 4 (default: 3.8). An existing"
                    + " one keeps its own.")
    private String schema;

    /** Opens the database of one of the commands, or creates it. */
    ColmapDatabase open(Path file) throws IOException {
        if (!schema.equals(COLMAP_3) && !schema.equals(COLMAP_4)) {
            throw new ParameterException(spec.commandLine(), "--schema is " + schema + ": it must be 3.8 or 4");
        }
        return ColmapDatabase.open(file, schema.equals(COLMAP_4) ? ColmapSchema.COLMAP_4 : ColmapSchema.COLMAP_3);
    }

    /** Adds images to the database with these cameras; how many it had not. */
    int enrol(ColmapDatabase database, Path images, List<String> names, FeatureStore features) throws IOException {
        CameraSharing others = scene.isPresent() || parameters.isPresent() ? CameraSharing.EQUAL : CameraSharing.NONE;
        ImageEnrolment enrolment = new ImageEnrolment(database, source(), single ? CameraSharing.ALL : others);
        int added = 0;
        try (Progress progress = Progress.start("enrol", names.size(), "images", spec.commandLine().getErr())) {
            for (String name : names) {
                added += enrolment.enrol(name, images.resolve(name), features.read(name).keypoints()) ? 1 : 0;
                progress.step();
            }
        }
        return added;
    }

    private CameraSource source() throws IOException {
        if (scene.isPresent()) {
            if (parameters.isPresent()) {
                throw new ParameterException(spec.commandLine(), "--cameras and --camera-params both tell the cameras:"
                        + " give one of them");
            }
            return CameraSource.posed(collection(scene.get()));
        }
        return parameters.isEmpty() ? CameraSource.exif(model) : CameraSource.given(model, given(parameters.get()));
    }

    private double[] given(String text) {
        List<String> names = model.parameterNames();
        try {
            return NumberList.parse(text, names.size(), "the " + names.size() + " parameters of " + model + ": "
                    + String.join(",", names));
        } catch (TypeConversionException e) {
            throw new ParameterException(spec.commandLine(), "--camera-params " + e.getMessage());
        }
    }

    private PosedCollection collection(Path folder) throws IOException {
        List<PosedCollection> scenes = PosedCollections.open(folder);
        if (scenes.size() > 1) {
            throw new ParameterException(spec.commandLine(), "--cameras " + folder + " holds " + scenes.size()
                    + " scenes: name the folder of one");
        }
        return scenes.get(0);
    }
}
