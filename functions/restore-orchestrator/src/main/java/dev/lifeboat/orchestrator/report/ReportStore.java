package dev.lifeboat.orchestrator.report;

import dev.lifeboat.aws.S3Faults;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.report.HtmlReport;
import dev.lifeboat.report.RecoveryReport;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Where reports lie. {@code report.html} is written first and {@code report.json} last, after people were told: where the
 * very same {@code report.json} lies already, everything was done before.
 */
final class ReportStore {
    private static final String JSON = "report.json";

    private final S3Client s3;
    private final String bucket;

    ReportStore(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    static String jsonKey(RecoveryReport report) {
        return BucketLayout.recovery(report.incident(), JSON);
    }

    static String htmlKey(RecoveryReport report) {
        return BucketLayout.recovery(report.incident(), "report.html");
    }

    /** Whether this very report was written, and so told, before. */
    boolean holds(RecoveryReport report) {
        return read(jsonKey(report))
                .filter(stored -> Arrays.equals(stored, Json.write(report)))
                .isPresent();
    }

    /** The report of an incident; empty when there is none. */
    Optional<RecoveryReport> find(String incident) {
        return at(BucketLayout.recovery(incident, JSON));
    }

    /** The report at a key of report.json; empty when there is none. */
    Optional<RecoveryReport> at(String key) {
        return read(key).map(json -> Json.read(name(key), json, RecoveryReport.class));
    }

    private Optional<byte[]> read(String key) {
        try {
            return Optional.of(
                    s3.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asByteArray());
        } catch (S3Exception e) {
            // 403 is what S3 says of a missing object to a role that may not list; telling twice is better than never.
            if (S3Faults.isMissing(e) || e.statusCode() == 403) {
                return Optional.empty();
            }
            throw S3Faults.translate("read " + name(key), e);
        } catch (SdkException e) {
            throw S3Faults.translate("read " + name(key), e);
        }
    }

    void writeHtml(RecoveryReport report) {
        put(
                htmlKey(report),
                "text/html; charset=utf-8",
                HtmlReport.render(report).getBytes(StandardCharsets.UTF_8));
    }

    void writeJson(RecoveryReport report) {
        put(jsonKey(report), "application/json", Json.write(report));
    }

    private void put(String key, String contentType, byte[] content) {
        try {
            s3.putObject(r -> r.bucket(bucket).key(key).contentType(contentType), RequestBody.fromBytes(content));
        } catch (SdkException e) {
            throw S3Faults.translate("write " + name(key), e);
        }
    }

    private String name(String key) {
        return "s3://" + bucket + "/" + key;
    }
}
