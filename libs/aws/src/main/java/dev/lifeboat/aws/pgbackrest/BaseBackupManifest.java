package dev.lifeboat.aws.pgbackrest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.pgarchive.Compression;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A base backup's backup.manifest (info/manifest.c).
 *
 * @param files every file, in the manifest's order
 * @param compression of the files; null where it is one that only pgBackRest can read
 * @param suffix of the files' names that says so
 * @param bundles whether small files lie together
 * @param rawBundles whether files in bundles are encrypted without the magic
 * @param passphrase of the files; null where nothing is encrypted
 */
record BaseBackupManifest(
        List<ManifestFile> files,
        Compression compression,
        String suffix,
        boolean bundles,
        boolean rawBundles,
        String passphrase) {

    static BaseBackupManifest of(InfoFile info) throws IOException {
        String suffix =
                suffix(info.value("backup:option", "option-compress-type").asText("none"));
        List<ManifestFile> files = new ArrayList<>();
        for (Map.Entry<String, String> each : info.section("target:file").entrySet()) {
            files.add(file(each.getKey(), InfoFile.json(each.getValue())));
        }
        return new BaseBackupManifest(
                files,
                ArchivedSegment.compression(suffix),
                suffix,
                info.value("backup", "backup-bundle").asBoolean(),
                info.value("backup", "backup-bundle-raw").asBoolean(),
                info.passphrase());
    }

    private static String suffix(String type) throws IOException {
        return switch (type) {
            case "none" -> "";
            case "gz", "lz4", "zst", "bz2" -> "." + type;
            default -> throw new IOException("its files are compressed with '" + type + "', which is not known");
        };
    }

    private static ManifestFile file(String name, JsonNode of) throws IOException {
        if (!of.path("size").isIntegralNumber()) {
            throw new IOException("file '" + name + "' has no size");
        }
        long size = of.path("size").asLong();
        return new ManifestFile(
                name,
                size,
                of.path("checksum").asText(null),
                of.path("reference").asText(null),
                of.path("bni").asLong(),
                of.path("bno").asLong(),
                of.path("repo-size").asLong(size),
                of.has("bi"));
    }
}
