#!/usr/bin/env python3
"""Checks Tiepoint's HDF5 files against h5py, in both directions, value by value.

Not part of the build. Needs h5py (apt-get install python3-h5py, or pip install h5py), a built checkout
(./mvnw package -DskipTests) and a folder of a few images:

    python3 scripts/check-h5py.py PHOTOS

1. 'tiepoint extract --format h5' writes, h5py reads as hloc does; the numbers must be those of --format npz.
2. h5py writes what hloc and others write (chunked, compressed, 16 to 64 bits, both byte orders, old and new format),
   Tiepoint reads (scripts/ReadHloc.java); the numbers must be the same.
3. Each extends the other's file.

    python3 scripts/check-h5py.py --fixtures FOLDER

writes the files that HlocReadingTest reads.
"""
import pathlib
import subprocess
import sys
import tempfile

import h5py
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent
CHECKS = 0


def check(condition, what):
    global CHECKS
    CHECKS += 1
    if not condition:
        sys.exit(f'FAILED: {what}')


def equal(a, b, what):
    check(a.shape == b.shape and np.array_equal(np.asarray(a, np.float64), np.asarray(b, np.float64)), what)


def tiepoint(*arguments):
    done = subprocess.run([ROOT / 'tiepoint', *map(str, arguments)], capture_output=True, text=True)
    check(done.returncode == 0, f'tiepoint {arguments}: {done.stderr}')


def read_by_tiepoint(kind, source, target):
    classes = ':'.join(str(ROOT / f'tiepoint-{m}/target/classes') for m in ('core', 'interop'))
    jars = (ROOT / 'tiepoint-cli/target/classpath').read_text().strip()
    done = subprocess.run(['java', '-cp', f'{classes}:{jars}', ROOT / 'scripts/ReadHloc.java', kind, source, target],
                          capture_output=True, text=True)
    check(done.returncode == 0, f'{kind} {source}: {done.stderr}')


def list_h5_names(path):
    """As in hloc's utils/io.py."""
    names = set()
    with h5py.File(path, 'r') as fd:
        fd.visititems(lambda _, o: names.add(o.parent.name.strip('/')) if isinstance(o, h5py.Dataset) else None)
    return names


def names_to_pair(a, b, separator='/'):
    """As in hloc's utils/parsers.py."""
    return separator.join((a.replace('/', '-'), b.replace('/', '-')))


def we_write(photos, folder):
    tiepoint('extract', '--images', photos, '--model', 'rootsift', '--max-keypoints', 500, '--out', folder / 'npz')
    for half in (False, True):
        path = folder / f'half-{half}.h5'
        tiepoint('extract', '--images', photos, '--model', 'rootsift', '--max-keypoints', 500, '--format', 'h5',
                 *(['--half'] if half else []), '--out', path)
        names = sorted(str(p.relative_to(folder / 'npz'))[:-5] for p in (folder / 'npz').rglob('*.caps'))
        check(list_h5_names(path) == set(names), 'names')
        with h5py.File(path, 'r') as fd:
            for name in names:
                npz = np.load(folder / 'npz' / (name + '.caps'))
                group = fd[name]
                keypoints = group['keypoints'].__array__()
                equal(keypoints, npz['keypoints'], f'{name} keypoints')
                keypoints += 0.5  # hloc's import_features does this in place: needs a floating array
                check(group['keypoints'].attrs.get('uncertainty') == 1, 'uncertainty')
                wanted = np.float16 if half else np.float32
                check(group['descriptors'].dtype == wanted and group['scores'].dtype == wanted, 'types')
                equal(group['descriptors'].__array__(), npz['descriptors'].T.astype(wanted), f'{name} descriptors')
                equal(group['scores'].__array__(), npz['scores'].astype(wanted), f'{name} scores')
                width, height = group['image_size']
                check(group['image_size'].dtype == np.int64 and keypoints[:, 0].max() < width
                      and keypoints[:, 1].max() < height, f'{name} image_size')
        print(f'Tiepoint wrote, h5py read: {len(names)} images, {path.stat().st_size} bytes, float{16 if half else 32}')


def variants():
    """Ways of storing an array, as keyword arguments of create_dataset, and its type."""
    for dtype in ('<f2', '<f4', '<f8', '>f4', '>f8'):
        yield {}, dtype
    for options in ({'chunks': (7, 3)}, {'compression': 'gzip'}, {'compression': 'gzip', 'shuffle': True},
                    {'compression': 'lzf'}, {'chunks': True, 'fletcher32': True}, {'maxshape': True}):
        yield options, '<f4'


def features(n, d):
    """Numbers that 16 bits hold exactly, and that HlocReadingTest knows."""
    i = np.arange(n)
    j = np.arange(d)[:, None]
    return {'keypoints': np.stack([i / 2, i / 4 + 1], -1), 'descriptors': ((7 * j + 3 * i) % 11 - 5) / 4,
            'scores': i / 8, 'image_size': np.array([640, 480])}


def write_features(path, libver, count, d):
    # HDF5 2.0 has a form of chunked arrays that jHDF does not know; hloc writes no chunks
    plain = libver == 'latest' and h5py.version.hdf5_version_tuple >= (2, 0, 0)
    with h5py.File(path, 'w', libver=libver) as fd:
        for i, (options, dtype) in enumerate(variants()):
            if plain and options:
                continue
            for n in count:
                group = fd.create_group(f'db/{i}/{n}.jpg')
                for k, v in features(n, d).items():
                    used = {} if n == 0 or k == 'image_size' else dict(options)
                    if isinstance(used.get('chunks'), tuple):
                        used['chunks'] = tuple(min(a, b) for a, b in zip(used['chunks'], v.shape))
                    if used.pop('maxshape', False):
                        used['maxshape'] = (None,) * v.ndim
                    group.create_dataset(k, data=v if k == 'image_size' else v.astype(dtype), **used)
                group['keypoints'].attrs['uncertainty'] = np.float32(1.25)


def they_write(folder):
    for libver in ('earliest', 'v108', 'v110', 'v114', 'latest'):
        path = folder / f'theirs-{libver}.h5'
        write_features(path, libver, (0, 1, 300), 64)
        read_by_tiepoint('features', path, folder / libver)
        with h5py.File(path, 'r') as fd:
            names = list_h5_names(path)
            for name in names:
                npz = np.load(folder / libver / (name + '.caps'))
                equal(npz['keypoints'], fd[name]['keypoints'].__array__().astype(np.float32), f'{name} keypoints')
                equal(npz['descriptors'], fd[name]['descriptors'].__array__().astype(np.float32).T, f'{name} descr.')
                equal(npz['scores'], fd[name]['scores'].__array__().astype(np.float32), f'{name} scores')
        print(f'h5py wrote ({libver}), Tiepoint read: {len(names)} images')


def extend(photos, folder):
    for libver in ('earliest', 'v108', 'v110', 'v114', 'latest'):
        path = folder / f'theirs-{libver}.h5'
        before = list_h5_names(path)
        with h5py.File(path, 'r') as fd:
            old = {n: {k: v.__array__() for k, v in fd[n].items()} for n in before}
        tiepoint('extract', '--images', photos, '--model', 'rootsift', '--max-keypoints', 500, '--format', 'h5', '--out',
                 path)
        with h5py.File(path, 'a', libver=libver) as fd:
            fd.create_group('db/0/more.jpg').create_dataset('keypoints', data=np.ones((3, 2)))
            fd['db/0/more.jpg'].create_dataset('descriptors', data=np.ones((4, 3)))
            for i in range(30):
                fd.create_group(f'more/{i}').create_dataset('keypoints', data=np.zeros((0, 2)))
                fd[f'more/{i}'].create_dataset('descriptors', data=np.zeros((4, 0)))
            del fd['more/7']
        with h5py.File(path, 'r') as fd:
            for name in before:
                for k, v in old[name].items():
                    equal(fd[name][k].__array__(), v, f'{name} {k} after the extension')
        read_by_tiepoint('features', path, folder / f'extended-{libver}')
        after = list_h5_names(path)
        found = {str(p.relative_to(folder / f'extended-{libver}'))[:-5]
                 for p in (folder / f'extended-{libver}').rglob('*.caps')}
        check(found == after and len(after) > len(before) + 29, 'names after the extension')
        print(f'h5py wrote ({libver}), Tiepoint extended, h5py extended, both read: {len(after)} images')


def matches(folder):
    path = folder / 'matches.h5'
    pairs = {}
    with h5py.File(path, 'w', libver='latest') as fd:
        for i, (a, b, old) in enumerate((('db/1.jpg', 'q/2.jpg', False), ('x.jpg', 'y.jpg', True))):
            random = np.random.default_rng(i)
            partners = random.integers(-1, 50, 40).astype(np.int16)
            group = fd.create_group(names_to_pair(a, b, '_' if old else '/'))
            group.create_dataset('matches0', data=partners)
            group.create_dataset('matching_scores0', data=random.random(40).astype(np.float16))
            pairs[a, b] = group['matches0'][()], group['matching_scores0'][()]
    read_by_tiepoint('matches', path, folder / 'copy.h5')
    with h5py.File(folder / 'copy.h5', 'r') as fd:
        for (a, b), (partners, scores) in pairs.items():
            group = fd[names_to_pair(a, b)]
            equal(group['matches0'][()], partners, f'{a} {b} matches0')
            equal(group['matching_scores0'][()], np.where(partners >= 0, scores, 0), f'{a} {b} scores')
    print(f'h5py wrote, Tiepoint read and wrote, h5py read: {len(pairs)} pairs')


def main():
    if len(sys.argv) == 3 and sys.argv[1] == '--fixtures':
        for libver in ('earliest', 'v114'):
            write_features(pathlib.Path(sys.argv[2]) / f'h5py-{libver}.h5', libver, (20,), 4)
        return
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    photos = pathlib.Path(sys.argv[1])
    print(f'h5py {h5py.__version__}, HDF5 {h5py.version.hdf5_version}, numpy {np.__version__}')
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        we_write(photos, folder)
        they_write(folder)
        extend(photos, folder)
        matches(folder)
    print(f'all {CHECKS} checks passed')


if __name__ == '__main__':
    main()
