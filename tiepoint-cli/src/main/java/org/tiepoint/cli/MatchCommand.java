package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tiepoint.estimate.PointPairs;
import org.tiepoint.estimate.RelativePose;
import org.tiepoint.estimate.RobustEstimator;
import org.tiepoint.estimate.TwoViewGeometry;
import org.tiepoint.feature.DetectThenDescribe;
import org.tiepoint.feature.Extractor;
import org.tiepoint.feature.Features;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.geometry.Camera;
import org.tiepoint.geometry.Pose;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageException;
import org.tiepoint.image.ImageWriter;
import org.tiepoint.match.MatchPicture;
import org.tiepoint.match.Matcher;
import org.tiepoint.match.Matches;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Key points, descriptors, nearest neighbours and robust verification of two images. */
@Command(name = "match", description = {
    "Match two images: key points, descriptors, nearest neighbours, verified by MAGSAC.", ""},
        footer = {
            "",
            "Examples:",
            "  tiepoint match a.jpg b.jpg --model runs/small --out matches.png",
            "  tiepoint match a.jpg b.jpg --model rootsift --ratio 0.8 --json matches.json",
            "",
            "JSON: left and right (file, width, height, keypoints), model, detector, matches (rows of",
            "x left, y left, x right, y right, score, inlier 1 or 0), geometry (kind fundamental, essential",
            "or none; inliers; matrix, row-major), with --intrinsics the pose, seconds by stage.",
            "Positions are in pixels; (0, 0) is the centre of the top-left pixel."})
final class MatchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TwoViews views;

    @Mixin
    private ModelOption model;

    @Mixin
    private KeypointOptions keypoints;

    @Mixin
    private MatcherOptions matcher;

    @Option(names = "--intrinsics", paramLabel = "fx,fy,cx,cy", converter = Intrinsics.Converter.class,
            description = "Focal lengths and principal point in pixels, for both images or for each with a ';' between:"
                    + " an essential matrix and the relative pose instead of a fundamental matrix.")
    private Optional<Intrinsics> intrinsics;

    private double threshold;

    @Option(names = "--threshold", paramLabel = "PX", defaultValue = "1",
            description = "Matches farther than this from their epipolar line are outliers, in pixels (default: 1).")
    private void setThreshold(double pixels) {
        if (!(pixels > 0) || Double.isInfinite(pixels)) {
            throw new ParameterException(spec.commandLine(), "--threshold is " + pixels + ": it must be above 0");
        }
        threshold = pixels;
    }

    @Option(names = {"-o", "--out"}, paramLabel = "PNG", description = "Write a picture of the inliers.")
    private Optional<Path> picture;

    @Option(names = "--json", paramLabel = "FILE", description = "Write key point positions, matches and geometry.")
    private Optional<Path> json;

    private MatcherChoice choice;

    @Override
    public Integer call() throws IOException {
        Stopwatch stopwatch = new Stopwatch();
        choice = matcher.choice(model.features().matcher());
        MatchResult result = match(stopwatch);
        PrintWriter out = spec.commandLine().getOut();
        print(result, stopwatch, out);
        if (picture.isPresent()) {
            ImageWriter.writePng(new MatchPicture().draw(result.left(), result.right(), result.leftKeypoints(),
                    result.rightKeypoints(), result.matches(), result.inliers()), picture.get());
            out.println("picture: " + picture.get());
        }
        if (json.isPresent()) {
            MatchJson.write(json.get(), views, name(),
                    keypoints.detectorName(model.features()), result, stopwatch);
            out.println("matches: " + json.get());
        }
        out.flush();
        return 0;
    }

    private String name() {
        return keypoints.chosen(model.features()).name();
    }

    private MatchResult match(Stopwatch stopwatch) throws IOException {
        Image left = stopwatch.time("read", views::readLeft);
        Image right = stopwatch.time("read", views::readRight);
        try (Extractor extractor = stopwatch.time("load", () -> keypoints.open(model.features()))) {
            Features leftFeatures = extract(extractor, left, views.leftFile(), stopwatch);
            Features rightFeatures = extract(extractor, right, views.rightFile(), stopwatch);
            Keypoints leftKeypoints = leftFeatures.keypoints();
            Keypoints rightKeypoints = rightFeatures.keypoints();
            Matcher chosen = choice.matcher();
            Matches matches = stopwatch.time("match", () -> chosen.match(leftFeatures, rightFeatures));
            PointPairs pairs = PointPairs.of(leftKeypoints, rightKeypoints, matches);
            Camera[] cameras = cameras(left, right);
            Optional<TwoViewGeometry> geometry = stopwatch.time("verify", () -> verify(pairs, cameras));
            Optional<Pose> pose = cameras.length == 0 ? Optional.empty()
                    : geometry.map(found -> RelativePose.recover(found, pairs, cameras[0], cameras[1]));
            return new MatchResult(left, right, leftKeypoints, rightKeypoints, matches, geometry, pose);
        }
    }

    private Features extract(Extractor extractor, Image image, Path file, Stopwatch stopwatch) throws IOException {
        Features found;
        if (extractor instanceof DetectThenDescribe) {
            DetectThenDescribe parts = (DetectThenDescribe) extractor;
            Keypoints detected = stopwatch.time("detect",
                    () -> parts.detector().detect(image, parts.maxKeypoints()));
            found = stopwatch.time("describe", () -> parts.describer().describe(image, detected));
        } else {
            found = stopwatch.time("extract", () -> extractor.extract(image));
        }
        if (found.keypoints().count() == 0) {
            throw new ImageException(file, "no key points: " + keypoints.detectorName(model.features())
                    + " finds nothing in this image; use one with more texture, or --detector grid with a method that"
                    + " describes any key points");
        }
        return found;
    }

    /** Both cameras, or none where the intrinsics are not known. */
    private Camera[] cameras(Image left, Image right) {
        return intrinsics.map(k -> new Camera[] {Intrinsics.camera(k.left(), left.width(), left.height()),
            Intrinsics.camera(k.right(), right.width(), right.height())}).orElse(new Camera[0]);
    }

    private Optional<TwoViewGeometry> verify(PointPairs pairs, Camera[] cameras) {
        RobustEstimator estimator = new RobustEstimator(RobustEstimator.Options.defaults()
                .withThresholdPixels(threshold));
        return cameras.length == 0 ? estimator.fundamental(pairs)
                : estimator.essential(pairs, cameras[0], cameras[1]);
    }

    private void print(MatchResult result, Stopwatch stopwatch, PrintWriter out) throws IOException {
        out.printf(Locale.ROOT, "key points: %d and %d (%s)%n", result.leftKeypoints().count(),
                result.rightKeypoints().count(), keypoints.detectorName(model.features()));
        out.printf(Locale.ROOT, "%s: %d (%s)%n", choice.text(), result.matches().count(), name());
        if (result.geometry().isEmpty()) {
            out.println("inliers: none, too few matches agree on one geometry");
        } else {
            out.printf(Locale.ROOT, "inliers: %d (%.0f %%) of the %s matrix, within %s px%n", result.inlierCount(),
                    100.0 * result.inlierCount() / result.matches().count(),
                    result.geometry().get().kind().name().toLowerCase(Locale.ROOT), threshold);
        }
        result.pose().ifPresent(pose -> out.printf(Locale.ROOT,
                "relative pose: rotation %.2f degrees, direction of translation %.3f %.3f %.3f%n",
                pose.rotationDegrees(), pose.translation()[0], pose.translation()[1], pose.translation()[2]));
        out.println("time: " + stopwatch);
    }
}
