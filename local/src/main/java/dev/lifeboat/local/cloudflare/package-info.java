/** Cloudflare's API for zones and DNS records, with state, on loopback. */
package dev.lifeboat.local.cloudflare;
