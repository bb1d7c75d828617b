package dev.lifeboat.local.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes a function.zip of {@link TestFunction}. */
public final class TestZip {
    private TestZip() {}

    public static Path write(Path zip) throws IOException {
        Files.createDirectories(zip.getParent());
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (Class<?> type : List.of(TestFunction.class, TestFunction.DeliberateException.class)) {
                String name = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new ZipEntry(name));
                try (InputStream in = type.getResourceAsStream("/" + name)) {
                    in.transferTo(out);
                }
            }
        }
        return zip;
    }

    /** Where the build put the runtime interface client. */
    public static Path runtime() {
        return Path.of(System.getProperty("lifeboat.root"), "local", "target", "lambda-runtime");
    }
}
