package dev.lifeboat.aws;

/** One state of one object, which cannot change. */
record ObjectIdentity(String bucket, String key, String versionId, String etag, long length) {
    String name() {
        return S3Name.of(bucket, key, versionId);
    }
}
