package dev.polycert.order;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Channels for notices that do nothing. */
public final class NoChannels implements NoticeChannels {
  public static final NoticeChannels HERE = new NoChannels(List.of());

  private final List<String> failing;

  public NoChannels(List<String> failing) {
    this.failing = failing;
  }

  @Override
  public List<String> names() {
    return List.of();
  }

  @Override
  public Uni<Void> send(List<Notice> notices, Instant deadline) {
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Void> flush(Instant deadline) {
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<List<Tried>> test(Collection<String> names, Instant deadline) {
    return Uni.createFrom().item(List.of());
  }

  @Override
  public List<String> failing() {
    return failing;
  }
}
