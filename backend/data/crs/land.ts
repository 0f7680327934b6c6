/**
 * Where there is land, and somebody may live, by squares of one degree: a row for each degree of latitude from 57 south to 81
 * north, each with the lengths of sea and land by turns from the west, in base 36. It was drawn from Natural Earth (1:50m).
 */
const LAND =
  ',31 5,2y b o 4 5d 1,2x 8 t 1 32 1,2w 8 7 3 3n 1 2n 1,2w 8 6 5,2w 9 6g 2,2w 9 3r 3,2w b 3p 2,' +
  '2w b 6g 2,2w a 2v 1 d 1 36 5,2w b 6f 6,3 1 2s b 6g 5,3 1 2t b 5t 3 k 6,2x c 5s 4 l 5,2x d 5q 5 m 6,' +
  '2y c 5p 6 n 5,2y d 5o 2 1 3 o 5,2y h 5h 8 q 5,2y i 5f b o 5,2y i 5c 2 1 c m 3,2z g 4t 3 h f m 2,' +
  '2z k 1z 8 2g 6 f h k 2,2t 1 6 k 1x b 2e b 9 i,30 l 1w d 2d e 3 l,30 m 1v e 2c 13,30 m 1v e 2b 14,' +
  '30 n 1t g 2a 14,30 o 1r i 29 14,1y 1 11 o 1r i 28 15,31 n 1q j 28 15,31 o 1p l 9 3 1t 16,' +
  '1f 1 1l p 1o m 7 5 1t 15,31 s 1l m 7 5 1t 13,31 u 1j m 7 6 1s 12 f 2,' +
  '4 2 e 1 2g v 1h n 7 6 6 1 1l 11 e 5 5 1,1 1 13 1 1v v 1h n 7 6 6 1 1 1 1l z e 4 1 1,' +
  '0 2 8 1 2q w 1f o 8 6 7 1 1p u a 1 9 1 7 2,0 2 3 2 3 1 s 1 2 2 1t w 1e q 7 6 1z q l 2 7,' +
  '0 2 s 1 8 1 1v y 1e s 4 7 20 p l 1 8,0 1 r 1 5 1 1 2 10 1w w 1 g u 3 7 1z i 1 5 l 2 9,' +
  'y 1 1x 12 w 1 g u 4 6 21 e 3 5 k 3,1 1 6 2 2l 13 1e t 6 4 22 c 4 5 k 3,' +
  '3 1 3 2 2m 13 1e t 6 4 23 2 1 8 4 3 n 1,2u 15 1d t 2 3 2 2 28 7 4 3 x 1,' +
  's 1 21 15 1e s 2 1 2e 7 4 3 9 2 4 2 5 1,14 2 1n 17 1d s 1s 1 d 6 7 1 9 1 4 5 9 2 2 2,' +
  '8 1 u 3 1n 18 1b s 24 5 2 4 d 4 2 7 6 3,7 1 v 2 1n 1a 1a s 1y m 5 7 1 4 2 2 3 6 g,' +
  '2s 1a j 1 q s w 1 x 9 5 1 4 5 1 1 5 b 7 5 i 1,2q 1c 1a s 1t b 4 1 3 1 9 1 3 e 2 4,' +
  'o 1 21 1b 1b s 1q 6 4 1 6 6 7 3 2 g 1 2,5 1 1 2 f 2 20 1a 1b t f 1 1a 4 8 3 2 5 8 f 4 3,' +
  '8 1 2i 17 1c v 1n 9 1 7 1 6 2 5 1 d 6 2,8 1 2i 16 1c x 1l a 1 7 1 5 1 j 3 2 1 4,' +
  '2g 2 9 11 1g y 1k 9 1 a 1 l 6 2 1 1 o 1,2g 3 8 z 1i z 1j 8 3 9 1 5 3 a t 1 2 1 4 1,' +
  '2g 1 a w 1j 1 2 z 1h 8 3 h 2 3 16 2,m 1 25 v 1k 1 1 11 1f 8 3 b 1 3 1 2 1 2 17 2,' +
  'm 1 26 t 1n 12 1c b 2 2 1 8 6 1 1 2,k 1 29 s 1m 14 p 1 m 8 1 2 1 1 3 6 7 2 4 1 14 1,' +
  '2u r 16 4 2 2 6 18 o 1 l 4 1 4 4 1 4 6 7 1,2u q 15 d 2 19 v 1 e 3 2 4 a 8 2 2 10 1 6 1,' +
  '2u l 19 1q t 3 b 1 5 4 d 3 1 7 v 1 a 1 1 1,2q 2 1 l 19 1r t 3 b 1 4 3 f 2 3 6 7 1 g 1 g 1 2 1,' +
  '2o p 19 1t m 1 2 6 b 1 4 3 3 3 9 3 3 5,2m q 1a 1t p 5 b 1 5 3 3 3 a 2 3 5 b 1,' +
  '2m 3 7 g 18 1w n 5 c 1 5 2 3 6 9 9,2l 4 8 7 3 2 2 1 17 1p 3 5 k 1 2 5 c 2 4 2 2 8 9 7 14 1,' +
  '2k 5 a 5 6 1 18 1r 7 2 j 7 b 2 3 d 9 7,2g 9 l 3 16 1u p 7 b 2 4 c a 5 j 1,' +
  '2f a l 2 z 2 5 1x n 7 g d a 5 k 1,2a 3 1 b l 1 10 3 4 1n 1 b k 9 c 2 1 c a 4 m 1,' +
  '27 d 1 2 m 2 z 2 1 1 5 20 i a b f a 4 m 1,25 g 9 2 4 1 3 4 1 2 z 2 7 1l 1 g g b a e c 3,' +
  'o 1 17 2 5 i 8 3 1 d 19 1k 2 h e d 8 e 1 3 9 3 m 1,n 3 1c b 3 5 5 1 3 a 1f 1j 2 i e f 5 f 1 4 9 1,' +
  'm 3 1d a 5 5 7 7 1i 1k 1 k b h 5 g 1 2 a 2,j 5 1d a 6 5 1 3 1 6 1 3 1h 26 9 18 7 1,' +
  'j 2 1c 2 2 a c 8 2 3 1j 1i 1 m 8 1d 3 2,1x 2 1 b d 4 2 4 1l 1h 2 m 7 1f 2 2,' +
  '1v g f 2 1 5 1m 1g 1 l 8 1h 1 2 1 3,1v g f 2 1 3 1p 1e 1 g 3 1t 1 1,' +
  '1u 3 1 d e 3 1 2 1q 1v 1 1w 6 2 d 1,1s k d 3 1p 2 1 1 1 1s 1 1y 7 2,1p 1 2 l 5 1 6 3 1p 1w 1 20 7 1,' +
  '1p 1 2 s 2 6 1u 1 2 1o 1 21,1r 10 1z 3p 7 2,1r 11 1y s 1 2v 7 3,1p 14 e 1 1a 2 6 q 3 6 9 2g 6 6,' +
  '1n 18 1w l n 2e 5 1 2 8 2 1,1n 19 1x j c 2 6 2h 5 f,1m 1b 1w j 2 1 8 5 4 2h 5 4 2 9,' +
  '1l 1c 1d 1 i 6 1 d 1 2 5 2u 3 4 3 1 2 5,1l 1c 1d 1 g 9 6 b 3 v 2 1y 1 7 5 6,' +
  '1k 1e 19 2 h c 6 1 3 6 2 t 4 1u 2 1 2 5 9 4,1k 1e 16 1 l f 3 2 5 9 1 p 2 1w 1 7 b 3,' +
  '1j 1h 1r a 2 2 3 2 3 12 1 26 9 3,1j 1k 1o d 4 2 2 6 1 v 2 27 8 3 1 1,' +
  '1j 1j 1o e 4 7 1 c 5 3 4 9 2 2c 4 6,1j 1k 2 3 3 2 1d o 1 e a 9 2 2e 4 7,' +
  '1j 1r 2 1 1l w 3 3 1 b 1 2g 4 7,1j 1u 1l x 1 h 1 2g 2 3 4 4,1j 1u 2 5 1d 3y 2 3 5 4,' +
  '1j 21 1b 41 1 3 8 2,1i 1q 4 8 1b 44 1 1 8 2,1g 1v 2 6 1e 44 9 1,1f 22 1d 43 1 2 b 2,' +
  '1 4 17 1 2 22 18 4 1 46 c 3 i,3 5 1 3 z 2 1 23 18 d 2 3w c 3 d 2 3 1 1,' +
  'b 3 w 27 18 5 1 6 3 3w b 6 b 1,d 5 1 2 p 1g 2 n 1a b 8 3p 1 1 c 8 3 3,' +
  'g 6 2 1 l 1g 1 n 1d 8 9 8 4 3b g 8 2 2,a 1 7 6 1 2 h 1d 6 3 1 h 1g 6 a 9 1 1 2 3a g 9,' +
  '9 1 b 7 f 1c 9 1 1 h 1h 7 9 c 1 3c f 8,h c c 1b d h 1i 6 7 d 3 3d 9 2 4 8,' +
  'c l 2 1 2 1c d c 3 3 i 2 13 3 6 e 3 3q 3 8 3 1,6 2 4 22 f c 1 2 f 7 14 2 4 49 2 e,' +
  'd 23 b c 2 3 e 8 z 1 a e 3 4b,a 1 3 24 6 k d a x 2 b e 2,8 4 3 2d 1 3 3 9 c c h 7 n,' +
  '4 4 5 2f 1 g a d f c m d 1,0 5 2 57 7 5 8 7 3r 2 1,0 2 3 5a h g l 5,3 5e e 2 7 a l 4 2 2,' +
  '0 5i i p 5 4 2 6 2a 2 7 2,g r 1 1y b x 11 m b 3 3 1 3,' +
  '0 2 f l b 5 1 1 5 j 3 6 1 n c y b 2 q d m 8 5 2n 7 1 1 2 6,0,1i m 1 c 1 g h z 21 6 b 5 1 1k 9 b,' +
  '1j b 3 1 1 5 1 r j 11 21 5 b 3 2 3 1 17 1 8 5 2 2 5,1j j 6 l l 13 1 1 z 2 y 7 l w l 9 3 4,' +
  '1l 18 b 2 5 18 20 c e 2 3 s l g,1l b 1 y 5 1i x 3 16 9 n m n 3 1 2 5 2 2 1,' +
  '1o b 2 3 1 a 1 h 2 1k u 6 1 5 16 1 l 1 5 2 2 9,1t 6 4 v 1 1j s e 2 4 1u c,' +
  '22 8 1 r 1 1g r i m 2 6 2 g 2 d e,27 3 1 2b u c 3 3 a m c 3 a 9';

const SOUTH = -57;

const ROWS = LAND.split(',').map((row) => {
  const squares = new Uint8Array(360);
  let [at, isLand] = [0, 0];
  for (const run of row.split(' ')) {
    const length = Number.parseInt(run, 36) || 0;
    squares.fill(isLand, at, at + length);
    at += length;
    isLand ^= 1;
  }
  squares.fill(isLand, at);
  return squares;
});

/** True where a house can stand. It is only as exact as a degree, and knows no small islands. */
export function isOnLand(longitude: number, latitude: number): boolean {
  const column = Math.floor((((longitude + 180) % 360) + 360) % 360);
  return ROWS[Math.floor(latitude) - SOUTH]?.[column] === 1;
}
