package dev.lifeboat.local.lambda;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * How functions are run.
 *
 * @param workDirectory where zips are unpacked
 * @param runtime directory of the runtime interface client's jars: what the managed runtime holds beside the zip
 * @param endpoint the value of AWS_ENDPOINT_URL
 * @param extraEnvironment variables beside the template's
 * @param speed shortens the pause before an asynchronous event is tried again
 * @param hosts a file of addresses and names, as /etc/hosts, which alone says what names resolve to, and is read at every question; null
 *     for this machine's own resolver
 */
public record LambdaSettings(
        Path workDirectory,
        Path runtime,
        URI endpoint,
        Map<String, String> extraEnvironment,
        double speed,
        Path hosts) {
    /** With this machine's own resolver. */
    public LambdaSettings(
            Path workDirectory, Path runtime, URI endpoint, Map<String, String> extraEnvironment, double speed) {
        this(workDirectory, runtime, endpoint, extraEnvironment, speed, null);
    }
}
