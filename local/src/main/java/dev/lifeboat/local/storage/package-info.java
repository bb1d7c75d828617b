/** Block storage as directories: what the cloud's volumes and snapshots are on this machine. */
package dev.lifeboat.local.storage;
