package dev.polycert.store.embedded;

import dev.polycert.store.Kept;
import dev.polycert.store.Kept.Kind;
import dev.polycert.store.OrderJson;
import dev.polycert.store.Portable;
import dev.polycert.store.StoreConfig;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.h2.mvstore.MVMap;

/** Copies the file of the order book, which no other process can open meanwhile. */
@ApplicationScoped
@Identifier("embedded")
public class EmbeddedPortable implements Portable {
  /** How many things are read at once. */
  private static final int PART = 256;

  private final EmbeddedFile file;
  private final StoreConfig config;
  private final OrderJson json = new OrderJson();

  EmbeddedPortable(EmbeddedFile file, StoreConfig config) {
    this.file = file;
    this.config = config;
  }

  @Override
  public String place() {
    return "the file " + config.path().toAbsolutePath().normalize();
  }

  @Override
  public boolean exists() {
    return Files.exists(config.path());
  }

  /** Opens the file, which fails when another process has it. */
  @Override
  public Uni<Void> requireIdle() {
    return file.run(file::session).replaceWithVoid();
  }

  @Override
  public Multi<List<Kept>> contents() {
    return Portable.byKeys(PART, (kind, after) -> file.read(open -> part(open, kind, after)));
  }

  private static List<Kept> part(EmbeddedFile.Session open, Kind kind, String after) {
    OrderTables tables = open.orders();
    return switch (kind) {
      case ORDER ->
          part(tables.orders(), after, (id, value) -> Kept.order(id, value, tables.entries(id)));
      case RESERVATION ->
          part(tables.reservations(), after, (key, owner) -> Kept.text(kind, key, owner));
      case TURN -> part(tables.turns(), after, (work, at) -> Kept.turn(work, Keys.time(at)));
      case PULL_KEY -> part(open.keys().pullKeys(), after, of(kind));
      case API_KEY -> part(open.keys().apiKeys(), after, of(kind));
      case SEALED -> part(open.vault(), after, of(kind));
    };
  }

  private static BiFunction<String, byte[], Kept> of(Kind kind) {
    return (key, value) -> new Kept(kind, key, List.of(value));
  }

  private static <V> List<Kept> part(
      MVMap<String, V> map, String after, BiFunction<String, V, Kept> kept) {
    List<Kept> part = new ArrayList<>();
    String key = map.higherKey(after);
    while (key != null && part.size() < PART) {
      part.add(kept.apply(key, map.get(key)));
      key = map.higherKey(key);
    }
    return part;
  }

  @Override
  public Uni<Void> put(List<Kept> things) {
    return file.write(
            open -> {
              things.forEach(thing -> put(open, thing));
              return things.size();
            })
        .replaceWithVoid();
  }

  private void put(EmbeddedFile.Session open, Kept thing) {
    OrderTables tables = open.orders();
    switch (thing.kind()) {
      case ORDER -> tables.copy(thing.order(json), thing.value(), thing.history());
      case RESERVATION -> tables.reservations().put(thing.key(), thing.text());
      case TURN -> tables.turns().put(thing.key(), Keys.time(thing.next()));
      case PULL_KEY -> open.keys().pullKeys().put(thing.key(), thing.value());
      case API_KEY -> open.keys().apiKeys().put(thing.key(), thing.value());
      case SEALED -> open.vault().put(thing.key(), thing.value());
    }
  }

  @Override
  public Uni<Void> removeTurn(String work) {
    return file.write(open -> open.orders().turns().remove(work)).replaceWithVoid();
  }
}
