package dev.lifeboat.verifier;

import dev.lifeboat.pgarchive.SliceFindings;
import java.util.List;

/**
 * What one slice came to: either of the two.
 *
 * @param data what was found in a run of data blocks
 * @param partSha256 the checksums of a group of parts
 */
record SliceResult(SliceFindings data, List<String> partSha256) {}
