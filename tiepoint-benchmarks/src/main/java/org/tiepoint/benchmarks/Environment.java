package org.tiepoint.benchmarks;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Properties;
import org.bytedeco.javacpp.Loader;
import org.tiepoint.evaluation.Machine;

/** What was measured on. */
final class Environment {
    /** Threads that every method gets. */
    static final int THREADS = 2;

    private Environment() {}

    /** Machine and versions in one line. */
    static String text() throws IOException {
        Machine machine = Machine.current();
        return String.format(Locale.ROOT, "%s, %d cores, %.0f GiB, %s; Java %s, ONNX Runtime %s, OpenCV %s, libtorch %s,"
                + " Tiepoint %s", machine.processor(), machine.cores(), memoryBytes() / Math.pow(1024, 3),
                machine.system(), Runtime.version(), OrtEnvironment.getEnvironment().getVersion(),
                bytedeco("opencv"), bytedeco("pytorch"), tiepoint());
    }

    private static double memoryBytes() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize();
    }

    private static String bytedeco(String artifact) throws IOException {
        return Loader.getVersion("org.bytedeco", artifact).replaceFirst("-.*", "");
    }

    private static String tiepoint() throws IOException {
        try (InputStream in = Environment.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        }
    }
}
