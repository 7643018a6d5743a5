package dev.polycert.store.embedded;

import java.nio.ByteBuffer;
import java.util.Map;
import org.h2.mvstore.SFChunk;
import org.h2.mvstore.SingleFileStore;
import org.jspecify.annotations.Nullable;

/**
 * The file of an MVStore that goes back to the last commit after a crash, whenever that comes. The
 * store's own file does not in two cases:
 *
 * <ul>
 *   <li>It takes a chunk for whole when it finds its head and its foot. A disk that loses power may
 *       have written those, and not what is between them.
 *   <li>Its header leads to some chunk, from which it finds the later ones. A commit may overwrite
 *       that chunk and write the header only then; in between, the store goes back to any older
 *       commit that it finds.
 * </ul>
 */
class ChunkFile extends SingleFileStore {
  /** The head of a chunk is in these, which a disk writes as a whole. */
  private static final int HEAD_BYTES = 512;

  private final boolean sync;

  /**
   * Makes one that is not open.
   *
   * @param sync whether to wait for the disk
   */
  ChunkFile(boolean sync) {
    super(Map.of());
    this.sync = sync;
  }

  @Override
  protected void writeFully(@Nullable SFChunk chunk, long position, ByteBuffer bytes) {
    if (chunk != null) {
      // The store writes its header after this chunk when it has this mark to remove.
      storeHeader.put("clean", 0);
    } else if (sync && position == 0) {
      // The chunk that the header will lead to.
      sync();
    }
    if (sync && chunk != null) {
      int rest = bytes.limit() - HEAD_BYTES;
      write(chunk, position + HEAD_BYTES, bytes.slice(HEAD_BYTES, rest));
      sync();
      write(chunk, position, bytes.slice(0, HEAD_BYTES));
    } else {
      write(chunk, position, bytes);
    }
  }

  /** Writes these bytes to the file. */
  void write(@Nullable SFChunk chunk, long position, ByteBuffer bytes) {
    super.writeFully(chunk, position, bytes);
  }
}
