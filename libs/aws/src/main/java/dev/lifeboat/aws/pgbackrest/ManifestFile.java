package dev.lifeboat.aws.pgbackrest;

/**
 * A file of a base backup.
 *
 * @param name such as {@code pg_data/base/1/112}
 * @param size of its content, in bytes
 * @param sha1 of its content; null where the manifest has none
 * @param reference the label of the backup that holds it; null where it is this one
 * @param bundle the number of the bundle that it lies in; 0 where it has an object of its own
 * @param offset in the bundle, in bytes
 * @param storedSize in bytes, compressed and encrypted
 * @param blocks whether it is stored as changed blocks alone (repo-block), which is not read here
 */
record ManifestFile(
        String name,
        long size,
        String sha1,
        String reference,
        long bundle,
        long offset,
        long storedSize,
        boolean blocks) {}
