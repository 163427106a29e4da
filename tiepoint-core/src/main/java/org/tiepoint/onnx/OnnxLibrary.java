package org.tiepoint.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.io.File;
import java.io.IOException;
import org.bytedeco.javacpp.Loader;

/**
 * ONNX Runtime's native library. Its jar holds it compressed, and the runtime unpacks it into a new temporary folder in
 * every process; here it stays unpacked in JavaCPP's cache, where OpenCV's libraries are, too.
 */
final class OnnxLibrary {
    private static final String PATH = "onnxruntime.native.path";

    private OnnxLibrary() {}

    /** The runtime; its first use loads the library. A path that the user has set stays. */
    static synchronized OrtEnvironment environment() {
        if (System.getProperty(PATH) == null) {
            String folder = "/ai/onnxruntime/native/" + Loader.getPlatform().replace("macosx", "osx")
                    .replace("windows", "win").replace("x86_64", "x64").replace("arm64", "aarch64") + "/";
            try {
                File library = Loader.cacheResource(OrtEnvironment.class, folder
                        + System.mapLibraryName("onnxruntime"));
                File bindings = Loader.cacheResource(OrtEnvironment.class, folder
                        + System.mapLibraryName("onnxruntime4j_jni"));
                if (library != null && bindings != null && library.getParent().equals(bindings.getParent())) {
                    System.setProperty(PATH, library.getParent());
                }
            } catch (IOException e) {
                // without a cache the runtime unpacks it as it does
            }
        }
        return OrtEnvironment.getEnvironment();
    }
}
