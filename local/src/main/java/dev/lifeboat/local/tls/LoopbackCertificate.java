package dev.lifeboat.local.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate for loopback, made by the JDK's keytool at run time and thrown away with what it serves; it is its own
 * authority.
 *
 * @param context serves it
 * @param authorityPem what a client has to trust
 */
public record LoopbackCertificate(SSLContext context, String authorityPem) {
    private static final String ALIAS = "loopback";
    // The key never leaves the run's own directory; PKCS #12 wants some password.
    private static final String PASSWORD = "loopback";

    /** @param directory where the key goes; only its owner may read it */
    public static LoopbackCertificate create(Path directory) {
        try {
            Path file = Files.createDirectories(directory).resolve("loopback.p12");
            keytool(file);
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD.toCharArray());
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return new LoopbackCertificate(
                    context, pem(store.getCertificate(ALIAS).getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a certificate below " + directory, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot read the certificate below " + directory, e);
        }
    }

    private static void keytool(Path file) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=Lifeboat embedded cloud",
                        "-validity",
                        "7",
                        "-ext",
                        "bc:c",
                        "-ext",
                        // The address as a name, too: pgBackRest compares with names alone.
                        "san=ip:127.0.0.1,dns:localhost,dns:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool failed: " + output.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while keytool ran", e);
        }
    }

    private static String pem(byte[] certificate) {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(certificate)
                + "\n-----END CERTIFICATE-----\n";
    }
}
