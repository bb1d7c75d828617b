/**
 * Reads a pgBackRest repository: which base backups and which WAL it holds, and whether they are whole.
 *
 * <p>Follows pgBackRest's own sources by their names: info/info.c, info/infoArchive.c, info/infoBackup.c, info/manifest.c,
 * common/crypto/cipherBlock.c, command/archive/common.c; repository format 5, the only one since 2.0.
 */
package dev.lifeboat.aws.pgbackrest;
