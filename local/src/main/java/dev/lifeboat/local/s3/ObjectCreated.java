package dev.lifeboat.local.s3;

/**
 * An object was written.
 *
 * @param bucket its bucket
 * @param key its key
 * @param versionId its version, null in a bucket that keeps none
 * @param size bytes
 * @param etag without quotes
 * @param reason PutObject, CopyObject or CompleteMultipartUpload
 */
public record ObjectCreated(String bucket, String key, String versionId, long size, String etag, String reason) {}
