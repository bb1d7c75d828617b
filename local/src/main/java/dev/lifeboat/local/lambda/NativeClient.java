package dev.lifeboat.local.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The runtime interface client's native library. Left to itself every process writes it to one fixed path below /tmp
 * first, and one that starts meanwhile loads half a file and exits with 255; so it is unpacked once and its path given.
 */
final class NativeClient {
    private static final String PROPERTY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";
    private static final Map<String, String> ARCHITECTURES = Map.of("amd64", "x86_64", "aarch64", "aarch_64");

    private NativeClient() {}

    /** @return the JVM's option, or none on a platform that the client brings no library for */
    static List<String> option(List<Path> jars, Path directory) {
        String architecture = ARCHITECTURES.get(System.getProperty("os.arch"));
        boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux");
        if (architecture == null || !linux) {
            return List.of();
        }
        String musl = Files.exists(Path.of("/lib/ld-musl-" + System.getProperty("os.arch") + ".so.1")) ? "_musl" : "";
        String entry = "jni/libaws-lambda-jni.linux" + musl + "-" + architecture + ".so";
        for (Path jar : jars) {
            Path library = unpacked(jar, entry, directory);
            if (library != null) {
                return List.of("-D" + PROPERTY + "=" + library);
            }
        }
        return List.of();
    }

    private static Path unpacked(Path jar, String name, Path directory) {
        try (var zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(name);
            if (entry == null) {
                return null;
            }
            Files.createDirectories(directory);
            Path library = Files.createTempFile(directory, "libaws-lambda-jni", ".so");
            try (InputStream in = zip.getInputStream(entry)) {
                Files.copy(in, library, StandardCopyOption.REPLACE_EXISTING);
            }
            return library;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack " + name + " of " + jar, e);
        }
    }
}
