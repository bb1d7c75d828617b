package dev.lifeboat.aws;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/**
 * What fills a bucket, by prefix: every version counts, as it does for the bill and for CloudWatch's {@code BucketSizeBytes}.
 *
 * @param prefixes by name
 * @param complete false when the time was up before the last object: then the numbers are lower bounds
 */
public record BucketUsage(List<Prefix> prefixes, boolean complete) {
    /** Prefixes are told apart to this depth: {@code dumps/daily/}, {@code verdicts/daily/}. */
    private static final int DEPTH = 2;

    /**
     * What lies below one prefix.
     *
     * @param name the first one or two parts of the keys, with their slashes
     * @param objects current versions
     * @param bytes of the current versions
     * @param oldVersions noncurrent versions
     * @param oldBytes of the noncurrent versions
     */
    public record Prefix(String name, long objects, long bytes, long oldVersions, long oldBytes) {
        Prefix plus(ObjectVersion version) {
            long size = version.size() == null ? 0 : version.size();
            return Boolean.TRUE.equals(version.isLatest())
                    ? new Prefix(name, objects + 1, bytes + size, oldVersions, oldBytes)
                    : new Prefix(name, objects, bytes, oldVersions + 1, oldBytes + size);
        }
    }

    public BucketUsage {
        prefixes = List.copyOf(prefixes);
    }

    /** Of all prefixes, every version. */
    public long totalBytes() {
        return prefixes.stream()
                .mapToLong(each -> each.bytes() + each.oldBytes())
                .sum();
    }

    /**
     * Lists the bucket.
     *
     * @param until when to stop, complete or not
     * @throws dev.lifeboat.contract.error.StorageUnavailableException when S3 does not answer
     * @throws dev.lifeboat.contract.error.MisconfiguredException when it refuses
     */
    public static BucketUsage of(S3Client s3, String bucket, InstantSource clock, Instant until) {
        Map<String, Prefix> found = new TreeMap<>();
        boolean complete = true;
        try {
            for (ListObjectVersionsResponse page : s3.listObjectVersionsPaginator(r -> r.bucket(bucket))) {
                page.versions().forEach(version -> {
                    String name = prefix(version.key());
                    found.put(
                            name,
                            found.getOrDefault(name, new Prefix(name, 0, 0, 0, 0))
                                    .plus(version));
                });
                if (Boolean.TRUE.equals(page.isTruncated()) && clock.instant().isAfter(until)) {
                    complete = false;
                    break;
                }
            }
        } catch (SdkException e) {
            throw S3Faults.translate("list the versions in s3://" + bucket, e);
        }
        return new BucketUsage(new ArrayList<>(found.values()), complete);
    }

    private static String prefix(String key) {
        int end = 0;
        for (int depth = 0; depth < DEPTH; depth++) {
            int slash = key.indexOf('/', end);
            if (slash < 0) {
                break;
            }
            end = slash + 1;
        }
        return key.substring(0, end);
    }
}
