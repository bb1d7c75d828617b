package dev.lifeboat.aws;

/** How messages name an object. */
final class S3Name {
    private S3Name() {}

    static String of(String bucket, String key, String versionId) {
        return "s3://" + bucket + "/" + key + (versionId == null ? "" : " (version " + versionId + ")");
    }
}
